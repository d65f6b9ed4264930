using Kindred.Portal.Sessions;

namespace Kindred.Portal.Tests.Controls;

public sealed class PortalPlaceTests
{
    [Theory]
    [InlineData("o/111122223333/p/my%20shop/datasets/import?type=Items#x", "111122223333", "my shop", "datasets/import")]
    [InlineData("o/111122223333/p/live", "111122223333", "live", "")]
    [InlineData("o/111122223333/keys", "111122223333", null, "keys")]
    [InlineData("o/111122223333", "111122223333", null, "")]
    [InlineData("o", null, null, "o")]
    [InlineData("account/security", null, null, "account/security")]
    public void Of_Address_TellsOrganisationProjectAndPage(string address, string? account, string? project, string page) =>
        Assert.Equal(new PortalPlace(account, project, page), PortalPlace.Of(address));

    [Fact]
    public void To_NameWithASpace_IsReadBack() => Assert.Equal("my shop", PortalPlace.Of(Links.To("111122223333", "my shop", "keys")).Project);
}
