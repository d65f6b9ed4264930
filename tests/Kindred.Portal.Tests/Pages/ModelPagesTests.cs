using System.Text.Json.Nodes;
using Kindred.Client;
using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>The main path of each page from a solution to a click in the storefront.</summary>
[Collection(PortalCollection.Name)]
public sealed class ModelPagesTests(Browsers.Portal portal)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Project => $"/o/{portal.Account}/p/catalogue";

    [Fact]
    public async Task Solution_FromRecipeToCampaign_TrainsServesAndGoesAgain()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;

        await tab.GoLiveAsync($"{Project}/solutions/new");
        await page.CheckAsync("input[value=aws-similar-items]", new() { Force = true });
        await page.FillAsync("#solution-name", "what-goes-together");
        await page.ClickAsync("text=Create and train");
        await page.UntilAtAsync("**/solutions/what-goes-together");
        await Assertions.Expect(page.Locator("h1 .k-status-ok")).ToHaveTextAsync("Ready", new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator(".k-intervals tbody tr")).ToHaveCountAsync(1);

        await page.ClickAsync("main >> text=Deploy");
        await page.FillAsync("#campaign-name", "product-page");
        await page.ClickAsync("text=Create campaign");
        await page.UntilAtAsync("**/campaigns/product-page");
        await page.WaitForSelectorAsync(".k-ranked li", new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("main pre")).ToContainTextAsync("\"itemId\":\"item-");

        await page.ClickAsync("[aria-label='More actions']");
        await page.ClickAsync("text=Delete campaign…");
        await Assertions.Expect(page.Locator("dialog[open] button:has-text('Delete')")).ToBeDisabledAsync();
        await page.FillAsync("#typed-name", "product-page");
        await page.ClickAsync("dialog[open] button:has-text('Delete')");
        await page.UntilAtAsync("**/campaigns");
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Campaign_AsAUser_SaysWhyAndInEveryLanguageHow()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync($"{Project}/solutions/new");
        await page.CheckAsync("input[value=aws-user-personalization-v2]", new() { Force = true });
        await page.FillAsync("#solution-name", "for-each-person");
        await page.ClickAsync("text=Create and train");
        await page.UntilAtAsync("**/solutions/for-each-person");
        await Assertions.Expect(page.Locator(".k-intervals tbody tr").Last).ToContainTextAsync("Popularity", new() { Timeout = 60_000 });
        await tab.PictureAsync("solution-popularity-1440-light");
        await page.ClickAsync("main >> text=Deploy", new() { Timeout = 60_000 });
        await page.FillAsync("#campaign-name", "home");
        await page.ClickAsync("text=Create campaign");
        await page.WaitForSelectorAsync(".k-ranked li", new() { Timeout = 60_000 });

        await page.FillAsync("#test-user", ReadyProject.UserId);
        await page.ClickAsync("main button:has-text('Recommend')");

        await Assertions.Expect(page.Locator("main pre")).ToContainTextAsync($"\"userId\":\"{ReadyProject.UserId}\"");
        await page.Locator(".k-why summary").First.ClickAsync();
        await Assertions.Expect(page.Locator(".k-why[open] .k-bars").First).ToBeVisibleAsync();
        await tab.AssertNoStoredMarkupAsync();
        await tab.PictureAsync("campaign-why");

        await tab.GoLiveAsync($"{Project}/storefront?campaign=home&user={ReadyProject.UserId}");
        await page.Locator(".k-shelf-item").First.ClickAsync();
        await Assertions.Expect(page.Locator(".k-calls li")).ToHaveCountAsync(3); // the first answer, the event, and the answer that knows it
        await Assertions.Expect(page.Locator(".k-calls li").Nth(1)).ToContainTextAsync("POST /events");
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Events_ThatComeWhileSomebodyLooks_AreShownWithTheirRefusals()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        await tab.GoLiveAsync($"{Project}/events");

        await SendAsync("item-3");
        await Assert.ThrowsAsync<ServiceException>(() => SendAsync(""));

        var rows = tab.Page.Locator(".k-tail tbody tr");
        await Assertions.Expect(rows.Filter(new() { HasText = "Taken" }).First).ToContainTextAsync("Film 3");
        await Assertions.Expect(rows.Filter(new() { HasText = "Refused" }).First).ToContainTextAsync("itemId");
        await tab.AssertNoStoredMarkupAsync();
        await tab.AssertAccessibleAsync();
        await tab.PictureAsync("events-live");
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Tenant_Suspended_IsRefusedUntilItIsResumed()
    {
        Browsers.Portal.SkipWithoutBrowser();
        var made = await portal.Api.PostAsync("/v1/tenants", new JsonObject { ["account"] = "424242424242", ["name"] = "Others" }, Stop);
        using var signer = new SigV4Handler(
            (string)made["key"]!["id"]!, (string)made["key"]!["secret"]!, "us-east-1", TimeProvider.System, new SocketsHttpHandler());
        using var http = new HttpClient(signer) { BaseAddress = portal.Host.BaseAddress };
        var theirs = new ApiClient(http);
        await theirs.CallAsync("ListSolutions", [], Stop);
        await using var tab = await portal.OpenAsync();

        await tab.GoLiveAsync("/operator/tenants");
        await tab.Page.ClickAsync("[aria-label='Actions of 424242424242']");
        await tab.Page.ClickAsync(":popover-open >> text=Suspend");
        await tab.Page.FillAsync("#suspend-reason", "does not pay");
        await tab.Page.ClickAsync("text=Suspend tenant");
        await Assertions.Expect(tab.Page.Locator("tr:has-text('424242424242')")).ToContainTextAsync("does not pay");

        var refused = await Assert.ThrowsAsync<ServiceException>(() => theirs.CallAsync("ListSolutions", [], Stop));
        Assert.Contains("suspended", refused.Message, StringComparison.Ordinal);
        await tab.Page.ClickAsync("[aria-label='Actions of 424242424242']");
        await tab.Page.ClickAsync(":popover-open >> text=Resume");
        await Assertions.Expect(tab.Page.Locator("tr:has-text('424242424242')")).ToContainTextAsync("Active");
        await theirs.CallAsync("ListSolutions", [], Stop);
    }

    [Fact]
    public async Task OperatorPages_OfSomebodyWhoOperatesNothing_ShowNothing()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenSignedOutAsync();
        await tab.GoAsync("/account/sign-up");
        await tab.Page.FillAsync("#organisation", "Nobody special");
        await tab.Page.FillAsync("#email", "nobody@acme.test");
        await tab.Page.FillAsync("input[type=password]", "correct horse battery");
        await tab.Page.ClickAsync("button[type=submit]");
        await tab.Page.UntilAtAsync("**/o/**");

        foreach (var name in new[] { "tenants", "people", "jobs", "cluster" })
        {
            await tab.GoLiveAsync($"/operator/{name}");
            await Assertions.Expect(tab.Page.Locator("main [role=alert]")).ToContainTextAsync("whoever operates");
            await Assertions.Expect(tab.Page.Locator("main table")).ToHaveCountAsync(0);
        }
        await Assertions.Expect(tab.Page.Locator("#nav-operator")).ToHaveCountAsync(0);
    }

    private Task<JsonObject> SendAsync(string item) => portal.Api.PostAsync("/events", new JsonObject
    {
        ["trackingId"] = portal.Ready.TrackingId, ["userId"] = ReadyProject.UserId, ["sessionId"] = "live",
        ["eventList"] = new JsonArray(new JsonObject
        {
            ["eventType"] = "view", ["itemId"] = item, ["sentAt"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        }),
    }, Stop);
}
