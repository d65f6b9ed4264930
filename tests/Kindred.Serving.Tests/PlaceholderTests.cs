namespace Kindred.Serving.Tests;

public class PlaceholderTests { [Fact] public void Builds() => Assert.NotEmpty("x"); }
