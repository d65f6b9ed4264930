using System.Text.Json.Nodes;
using Kindred.Client;
using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>The main path of the operator's pages about people.</summary>
[Collection(PortalCollection.Name)]
public sealed class OperatorPagesTests(Browsers.Portal portal)
{
    private const string Email = "forgetful@acme.test";
    private const string Another = "a new and longer sentence";

    [Fact]
    public async Task Person_WhoForgotTheirPassword_GetsALink_AndIsKeptOutWhileSuspended()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var theirs = await portal.OpenSignedOutAsync();
        await theirs.GoAsync("/account/sign-up");
        await theirs.Page.FillAsync("#organisation", "Forgetful <b id=stored>people</b>");
        await theirs.Page.FillAsync("#email", Email);
        await theirs.Page.FillAsync("input[type=password]", Browsers.Portal.Password);
        await theirs.Page.ClickAsync("button[type=submit]");
        await theirs.Page.UntilAtAsync("**/o/**");
        await theirs.UntilLiveAsync();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync("/operator/people");
        await page.FillAsync("[aria-label='Find by mail address or name']", "FORGETFUL");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);

        await page.ClickAsync($"[aria-label='Actions of {Email}']");
        await page.ClickAsync(":popover-open >> text=Password link");
        var link = new Uri((await page.TextContentAsync("#reset-link"))!);
        await page.ClickAsync("dialog[open] >> text=Done");
        await theirs.GoAsync(link.PathAndQuery);
        await theirs.Page.FillAsync("input[type=password]", Another);
        await theirs.Page.ClickAsync("text=Change password");
        await Assertions.Expect(theirs.Page.Locator("h1")).ToHaveTextAsync("Your password is changed");
        await SignInAsync(theirs);
        await theirs.Page.UntilAtAsync("**/o/**");
        await theirs.UntilLiveAsync();

        await page.ClickAsync($"[aria-label='Actions of {Email}']");
        await page.ClickAsync(":popover-open >> text=Suspend");
        await page.ClickAsync("text=Suspend person");
        await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync("Suspended");
        await theirs.Page.ClickAsync("#nav >> text=Keys"); // a page that was open
        await Assertions.Expect(theirs.Page.Locator("main [role=alert]")).ToContainTextAsync("you do not belong to it");
        await SignInAsync(theirs);
        await Assertions.Expect(theirs.Page.Locator("main .k-notice-bad")).ToBeVisibleAsync();

        await page.ClickAsync($"[aria-label='Actions of {Email}']");
        await page.ClickAsync(":popover-open >> text=Resume");
        await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync("Active");
        await SignInAsync(theirs);
        await theirs.Page.UntilAtAsync("**/o/**");
        await tab.AssertNoStoredMarkupAsync();
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Quotas_OfATenant_HoldForTheNextThingThatItMakes()
    {
        Browsers.Portal.SkipWithoutBrowser();
        var stop = TestContext.Current.CancellationToken;
        var made = await portal.Api.PostAsync("/v1/tenants", new JsonObject { ["account"] = "434343434343", ["name"] = "Limited" }, stop);
        using var signer = new SigV4Handler(
            (string)made["key"]!["id"]!, (string)made["key"]!["secret"]!, "us-east-1", TimeProvider.System, new SocketsHttpHandler());
        using var http = new HttpClient(signer) { BaseAddress = portal.Host.BaseAddress };
        var theirs = new ApiClient(http);
        await theirs.CallAsync("CreateDatasetGroup", new JsonObject { ["name"] = "first" }, stop);
        await using var tab = await portal.OpenAsync();
        await tab.GoLiveAsync("/operator/tenants");

        await SetProjectsAsync(tab, "some");
        await Assertions.Expect(tab.Page.Locator("dialog[open] .k-fault")).ToHaveTextAsync("'some' is no whole number from 0.");
        await tab.Page.FillAsync("#quota-projects", "1");
        await tab.Page.ClickAsync("text=Set quotas");
        await Assertions.Expect(tab.Page.Locator("tr:has-text('434343434343')")).ToContainTextAsync("quotas of its own");
        var refused = await Assert.ThrowsAsync<ServiceException>(() =>
            theirs.CallAsync("CreateDatasetGroup", new JsonObject { ["name"] = "second" }, stop));
        Assert.Contains("at most 1 dataset groups", refused.Message, StringComparison.Ordinal);

        await SetProjectsAsync(tab, "");
        await Assertions.Expect(tab.Page.Locator("tr:has-text('434343434343')")).Not.ToContainTextAsync("quotas of its own");
        await theirs.CallAsync("CreateDatasetGroup", new JsonObject { ["name"] = "second" }, stop);
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task OrleansDashboard_IsTheOperatorsAlone_AndObeysThePolicy()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        await tab.GoLiveAsync("/operator/cluster");
        var link = await tab.Page.GetAttributeAsync("text=Orleans Dashboard", "href");
        await tab.GoAsync($"/{link}");
        await Assertions.Expect(tab.Page.Locator("#menu")).ToContainTextAsync("Grains");
        await Assertions.Expect(tab.Page.Locator("#content")).ToContainTextAsync("Activations");
        await tab.PictureAsync("orleans-dashboard-1440-light");
        tab.AssertNoComplaints();
        Assert.Equal(404, (await tab.Page.APIRequest.GetAsync(At("/operator/orleans/Trace"))).Status);
        Assert.Equal(404, (await tab.Page.APIRequest.GetAsync(At("/operator/orleans/GrainState?grainId=1&grainType=x"))).Status);

        await using var stranger = await portal.OpenSignedOutAsync();
        await stranger.GoAsync("/operator/orleans/");
        Assert.Contains("/account/sign-in", stranger.Page.Url, StringComparison.Ordinal);
        await stranger.GoAsync("/account/sign-up");
        await stranger.Page.FillAsync("#organisation", "Curious");
        await stranger.Page.FillAsync("#email", "curious@acme.test");
        await stranger.Page.FillAsync("input[type=password]", Browsers.Portal.Password);
        await stranger.Page.ClickAsync("button[type=submit]");
        await stranger.Page.UntilAtAsync("**/o/**");
        foreach (var path in (string[])["/operator/orleans/", "/operator/orleans/index.min.js", "/operator/orleans/ClusterStats"])
            Assert.Equal(404, (await stranger.Page.APIRequest.GetAsync(At(path))).Status);
    }

    private string At(string path) => new Uri(portal.Address, path).ToString();

    private static async Task SetProjectsAsync(Tab tab, string most)
    {
        await tab.Page.ClickAsync("[aria-label='Actions of 434343434343']");
        await tab.Page.ClickAsync(":popover-open >> text=Quotas");
        await tab.Page.FillAsync("#quota-projects", most);
        await tab.Page.ClickAsync("text=Set quotas");
    }

    private static async Task SignInAsync(Tab tab)
    {
        await tab.GoAsync("/account/sign-in");
        await tab.Page.FillAsync("#email", Email);
        await tab.Page.FillAsync("#password", Another);
        await tab.Page.ClickAsync("button[type=submit]:has-text('Sign in')");
    }
}
