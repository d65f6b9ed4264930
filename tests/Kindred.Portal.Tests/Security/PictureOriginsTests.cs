using Kindred.Portal.Security;
using Kindred.Serving.Readings;

namespace Kindred.Portal.Tests.Security;

public sealed class PictureOriginsTests
{
    [Theory]
    [InlineData("https://Pictures.example/", "https://pictures.example")]
    [InlineData("https://pictures.example:8443", "https://pictures.example:8443")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000")]
    [InlineData("http://pictures.example", null)]
    [InlineData("https://pictures.example/folder", null)]
    [InlineData("https://ann@pictures.example", null)]
    [InlineData("https://pictures.example; script-src *", null)]
    [InlineData("https://*", null)]
    [InlineData("data:", null)]
    [InlineData("", null)]
    public void Normalise_OfASetting_IsAnOriginOrNothing(string setting, string? origin) => Assert.Equal(origin, PictureOrigins.Normalise(setting));

    [Theory]
    [InlineData("https://pictures.example/a b.jpg?x=1", "https://pictures.example/a%20b.jpg?x=1")]
    [InlineData("https://PICTURES.example:443/a.jpg", "https://pictures.example/a.jpg")]
    [InlineData("https://elsewhere.example/a.jpg", null)]
    [InlineData("https://pictures.example.evil.example/a.jpg", null)]
    [InlineData("https://pictures.example@evil.example/a.jpg", null)]
    [InlineData("http://pictures.example/a.jpg", null)]
    [InlineData("javascript:alert(1)", null)]
    public void Find_OfAValue_IsAnAddressOfAnOriginThatIsNamed(string value, string? picture)
    {
        var origins = new PictureOrigins(["https://pictures.example"]);
        var item = new ItemReading("i", "Heat", new Dictionary<string, string> { ["NAME"] = "Heat", ["IMAGE_URL"] = value });

        Assert.Equal(picture, origins.Find(item));
    }

    [Fact]
    public void Find_WithoutOrigins_IsNothing() =>
        Assert.Null(new PictureOrigins([]).Find(new ItemReading("i", null, new Dictionary<string, string> { ["X"] = "https://pictures.example/a.jpg" })));

    [Fact]
    public void PolicyOf_NamesTheOriginsForPicturesAlone()
    {
        var without = SecurityHeaders.PolicyOf(new PictureOrigins([]));
        var with = SecurityHeaders.PolicyOf(new PictureOrigins(["https://b.example", "https://a.example"]));

        Assert.Contains("img-src 'self' data:; ", without, StringComparison.Ordinal);
        Assert.Equal(without.Replace("data:;", "data: https://a.example https://b.example;", StringComparison.Ordinal), with);
    }
}
