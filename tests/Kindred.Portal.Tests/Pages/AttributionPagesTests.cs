using System.Text.Json.Nodes;
using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>From nothing that is counted to a campaign's results, and back.</summary>
[Collection(PortalCollection.Name)]
public sealed class AttributionPagesTests(Browsers.Portal portal)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_OfARecommendation_AreCountedShownAndEnd()
    {
        Browsers.Portal.SkipWithoutBrowser();
        var shop = await ReadyProject.MakeAsync(portal.Api, "results", Stop);
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync($"/o/{portal.Account}/p/results/attribution");
        await page.ClickAsync("text=Delete the metric attribution");
        await page.FillAsync("#typed-name", "results-results");
        await page.ClickAsync("dialog[open] button:has-text('Delete')");

        await page.ClickAsync("text=Count results");
        await page.FillAsync("#metric-name", "worth");
        await page.FillAsync("#metric-expression", "SUM(Items.NAME)");
        await page.ClickAsync("dialog[open] .k-btn-primary");
        await Assertions.Expect(page.Locator("dialog[open] [role=alert]")).ToContainTextAsync("no numeric column of ITEMS");
        await page.FillAsync("#metric-expression", "SUM(Interactions.EVENT_VALUE)");
        await page.ClickAsync("dialog[open] .k-btn-primary");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("No such event in this time");

        var answer = await portal.Api.PostAsync("/recommendations", new() { ["campaignArn"] = shop.Campaign, ["userId"] = ReadyProject.UserId }, Stop);
        await portal.Api.PostAsync("/events", new JsonObject
        {
            ["trackingId"] = shop.TrackingId, ["userId"] = ReadyProject.UserId, ["sessionId"] = "buying",
            ["eventList"] = new JsonArray(new JsonObject
            {
                ["eventType"] = "Purchase", ["itemId"] = "item-1", ["eventValue"] = 12.5, ["sentAt"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
                ["recommendationId"] = (string)answer["recommendationId"]!,
            }),
        }, Stop);
        await page.CheckAsync("text=14 days");

        await Assertions.Expect(page.Locator(".k-bars")).ToContainTextAsync("campaign results");
        await Assertions.Expect(page.Locator(".k-bars .k-num")).ToHaveTextAsync("12.5");
        tab.AssertNoComplaints();
    }
}
