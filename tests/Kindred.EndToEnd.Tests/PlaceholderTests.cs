namespace Kindred.EndToEnd.Tests;

public class PlaceholderTests { [Fact] public void Builds() => Assert.NotEmpty("x"); }
