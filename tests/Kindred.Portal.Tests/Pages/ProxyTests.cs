using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>The portal through nginx, as the documentation configures it.</summary>
[Collection(PortalCollection.Name)]
public sealed class ProxyTests(Browsers.Portal portal)
{
    [Fact]
    public async Task Page_BehindNginx_IsLiveOverAWebSocket()
    {
        Browsers.Portal.SkipWithoutBrowser();
        Assert.SkipUnless(NginxProxy.IsAvailable, "There is no nginx.");
        await using var proxy = await NginxProxy.StartAsync(portal.Host.Port, TestContext.Current.CancellationToken);
        await using var context = await portal.Browser.NewContextAsync(new() { IgnoreHTTPSErrors = true });
        var page = await context.NewPageAsync();
        var sockets = new List<IWebSocket>();
        page.WebSocket += (_, socket) => sockets.Add(socket);
        string At(string path) => new Uri(proxy.Address, path).ToString();

        await page.GotoAsync(At($"/o/{portal.Account}/keys"));
        await page.FillAsync("#email", Browsers.Portal.Email);
        await page.FillAsync("#password", Browsers.Portal.Password);
        await page.ClickAsync("button[type=submit]:has-text('Sign in')");
        await page.UntilAtAsync($"**/o/{portal.Account}/keys");
        await page.WaitForSelectorAsync("[data-live=yes]");
        await page.ClickAsync("text=New key");
        await page.FillAsync("#key-name", "through the proxy");

        await Assertions.Expect(page.Locator("dialog[open] >> text=Make key")).ToBeEnabledAsync();
        var socket = Assert.Single(sockets);
        Assert.StartsWith("wss://localhost:", socket.Url, StringComparison.Ordinal);
        Assert.False(socket.IsClosed);
        Assert.All(await context.CookiesAsync(), cookie => Assert.True(cookie.Secure || cookie.Name == "theme", cookie.Name));
    }
}
