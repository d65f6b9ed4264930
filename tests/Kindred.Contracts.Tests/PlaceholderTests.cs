namespace Kindred.Contracts.Tests;

public class PlaceholderTests { [Fact] public void Builds() => Assert.NotEmpty("x"); }
