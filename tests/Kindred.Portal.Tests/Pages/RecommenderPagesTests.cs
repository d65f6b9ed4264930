using System.Text;
using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>From a new project of a domain to a recommender that answers, stops, starts again and goes.</summary>
[Collection(PortalCollection.Name)]
public sealed class RecommenderPagesTests(Browsers.Portal portal)
{
    [Fact]
    public async Task Shop_FromItsFirstFileToItsRecommender_NeedsNothingButThePortal()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        var shop = $"/o/{portal.Account}/p/corner-shop";
        await tab.GoLiveAsync($"/o/{portal.Account}");
        await page.ClickAsync("text=New project");
        await page.FillAsync("#project-name", "corner-shop");
        await page.CheckAsync("dialog[open] input[value=ECOMMERCE]");
        await page.ClickAsync("text=Create project");
        await page.UntilAtAsync("**/p/corner-shop");
        await tab.GoLiveAsync($"{shop}/datasets");
        await page.WaitForSelectorAsync("[data-ready=yes]");
        await page.SetInputFilesAsync("#upload", new FilePayload
        {
            Name = "views.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(DomainProject.Events("View")),
        });
        await page.ClickAsync("#import:not([disabled])");
        await page.UntilAtAsync("**/datasets");

        // The file may still be importing: the page says so by itself when it is there.
        await tab.GoLiveAsync($"{shop}/recommenders");
        await page.ClickAsync("text=Create a recommender");
        await page.UntilAtAsync("**/recommenders/new");
        await Assertions.Expect(page.Locator(".k-choice:has-text('Best sellers')")).ToContainTextAsync(
            "Only 0 such events are here; 1,000 are the least.", new() { Timeout = 60_000 });
        await page.CheckAsync("input[value=aws-ecomm-customers-who-viewed-x-also-viewed]");
        await page.FillAsync("#recommender-name", "product-page");
        await page.ClickAsync("button:has-text('Create recommender')");
        await page.UntilAtAsync("**/recommenders/product-page");
        await page.WaitForSelectorAsync(".k-ranked li", new() { Timeout = 60_000 });

        await page.FillAsync("#test-user", "user-5");
        await page.FillAsync("#test-item", "item-2-3");
        await page.ClickAsync(".k-ask button[type=submit]");
        var call = page.Locator("main pre");
        await Assertions.Expect(call).ToContainTextAsync("\"userId\":\"user-5\",\"itemId\":\"item-2-3\"");
        await Assertions.Expect(call).ToContainTextAsync(
            $"\"recommenderArn\":\"arn:aws:personalize:us-east-1:{portal.Account}:recommender/product-page\"");
        Assert.All(await page.Locator(".k-ranked li").AllInnerTextsAsync(), item => Assert.Contains("item-2-", item, StringComparison.Ordinal));
        await Assertions.Expect(page.Locator(".k-intervals tbody tr").First).ToContainTextAsync("Version 1");

        await page.ClickAsync("main >> text=Stop…");
        await page.ClickAsync("dialog[open] button:has-text('Stop recommender')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("It is stopped");
        await page.ClickAsync("main button:has-text('Start')");
        await page.WaitForSelectorAsync(".k-ranked li");
        await page.ClickAsync("[aria-label='More actions']");
        await page.ClickAsync(":popover-open >> text=Delete recommender");
        await Assertions.Expect(page.Locator("dialog[open] button:has-text('Delete')")).ToBeDisabledAsync();
        await page.FillAsync("#typed-name", "product-page");
        await page.ClickAsync("dialog[open] button:has-text('Delete')");
        await page.UntilAtAsync("**/corner-shop/recommenders");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("No recommender yet");
        tab.AssertNoComplaints();
    }
}
