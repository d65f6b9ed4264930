using System.Net;
using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>A page can do nothing that the person behind it may not, and nothing for another organisation.</summary>
[Collection(PortalCollection.Name)]
public sealed class RightsTests(Browsers.Portal portal)
{
    [Fact]
    public async Task Analyst_WhoWasInvitedByLink_SeesTheProjectAndChangesNothing()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.JoinAsync("eve@acme.test", "Analyst");
        var page = tab.Page;

        await tab.GoLiveAsync($"/o/{portal.Account}/keys");
        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync("scope 'keys'");
        await tab.GoLiveAsync($"/o/{portal.Account}/applications");
        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync("scope 'keys'");
        await tab.GoLiveAsync($"/o/{portal.Account}/audit");
        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync("scope 'keys'");
        await tab.GoLiveAsync($"/o/{portal.Account}");
        await page.ClickAsync("text=New project");
        await page.FillAsync("#project-name", "not-mine");
        await page.ClickAsync("text=Create project");
        await Assertions.Expect(page.Locator(".k-fault")).ToContainTextAsync("scope 'control'");
        await tab.GoLiveAsync($"/o/{portal.Account}/p/catalogue/settings");
        await page.ClickAsync("main button:has-text('Delete the project')");
        await page.FillAsync("dialog[open] input", "catalogue");
        await page.ClickAsync("dialog[open] .k-btn-danger");
        await Assertions.Expect(page.Locator("dialog[open] [role=alert]")).ToContainTextAsync("scope 'control'");
        Assert.Equal(403, await tab.GoAsync($"/o/{portal.Account}/audit/export"));
        Assert.Equal(HttpStatusCode.Forbidden, (HttpStatusCode)await UploadAsync(tab, $"/o/{portal.Account}/p/catalogue", portal.Account));

        // What is taken away is gone with the next click of a page that is open already.
        await tab.GoLiveAsync($"/o/{portal.Account}/p/catalogue/insights");
        await portal.RemoveAsync("eve@acme.test");
        await page.ClickAsync("#nav >> text=Datasets");
        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync("you do not belong to it");
    }

    [Fact]
    public async Task Upload_WithoutItsTokenOrToAnotherOrganisation_IsRefused()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        await tab.GoLiveAsync($"/o/{portal.Account}/p/catalogue/datasets/import");
        await tab.Page.WaitForSelectorAsync("[data-ready=yes]");

        Assert.Equal(400, await UploadAsync(tab, null, portal.Account));
        Assert.Equal(404, await UploadAsync(tab, "here", "999999999999"));
        Assert.Equal(200, await UploadAsync(tab, "here", portal.Account));
    }

    [Theory]
    [InlineData("/o/999999999999/audit/export")]
    [InlineData("/o/999999999999/p/catalogue/imports/catalogue-items/refused-rows")]
    [InlineData("/o/111122223333/p/catalogue/imports/..%2f..%2fx/refused-rows")]
    public async Task Download_OfWhatIsNotTheirs_IsAsIfThereWereNone(string path)
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();

        var answer = await tab.Page.APIRequest.GetAsync(new Uri(portal.Address, path).ToString());

        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task EveryAnswer_ToABrowser_CarriesThePolicy()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();

        foreach (var path in (string[])["/", $"/o/{portal.Account}", "/nowhere", "/account/sign-in", "/_content/Kindred.Portal/portal.css"])
        {
            var headers = (await tab.Page.APIRequest.GetAsync(new Uri(portal.Address, path).ToString())).Headers;

            Assert.Contains("script-src 'self';", headers["content-security-policy"], StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", headers["content-security-policy"], StringComparison.Ordinal);
            Assert.Equal("nosniff", headers["x-content-type-options"]);
        }
    }

    /// <param name="page">Where a token is taken from: a path, <c>here</c>, or null for none.</param>
    private static Task<int> UploadAsync(Tab tab, string? page, string account) => tab.Page.EvaluateAsync<int>("""
        async ([page, account]) => {
          const html = page === null ? "" : page === "here" ? document.documentElement.outerHTML : await (await fetch(page)).text();
          const token = /name="__RequestVerificationToken"[^>]*value="([^"]+)"/.exec(html)?.[1];
          const answer = await fetch(`/o/${account}/p/catalogue/uploads?name=x.csv`, {
            method: "POST", body: "USER_ID,ITEM_ID,TIMESTAMP\n", headers: token ? { RequestVerificationToken: token } : {} });
          return answer.status;
        }
        """, new[] { page, account });
}
