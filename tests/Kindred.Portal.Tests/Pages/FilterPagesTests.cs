using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>A filter from its first letters to an answer that obeys it.</summary>
[Collection(PortalCollection.Name)]
public sealed class FilterPagesTests(Browsers.Portal portal)
{
    private string Project => $"/o/{portal.Account}/p/catalogue";

    [Fact]
    public async Task Filter_TypedWithAFaultAndHelp_IsTriedMadeUsedCopiedAndDeleted()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        var expression = page.Locator("#filter-expression");
        await tab.GoLiveAsync($"{Project}/filters");
        await page.ClickAsync("text=New filter");
        await page.FillAsync("#filter-name", "comedies");

        await expression.FillAsync("INCLUDE ItemID WHERE Items.GENRE IN (\"Comedy\")");
        await Assertions.Expect(page.Locator(".k-expression mark")).ToHaveTextAsync("Items.GENRE");
        await Assertions.Expect(page.Locator(".k-faults")).ToContainTextAsync("Items has no field GENRE; it has ITEM_ID, NAME, GENRES.");
        await Assertions.Expect(page.Locator("text=Create filter")).ToBeDisabledAsync();

        // Completed from the keyboard, and inserted by the pointer, where the caret is.
        await expression.FillAsync("INCLUDE ItemID WHERE GEN");
        await page.Keyboard.PressAsync("Control+Space");
        await page.ClickAsync("[data-insert='IN ()']");
        await page.Keyboard.TypeAsync("$GENRE");
        await Assertions.Expect(expression).ToHaveValueAsync("INCLUDE ItemID WHERE Items.GENRES IN ($GENRE) ");
        await page.FillAsync("#value-GENRE", "Comedy");
        await Assertions.Expect(page.Locator(".k-verdict")).ToHaveTextAsync("20 of 40 items may be shown");
        await tab.PictureAsync("filter-tried-1440-light");

        await Assertions.Expect(page.Locator("text=Create filter")).ToBeEnabledAsync();
        await page.PressAsync("#filter-name", "Enter");
        await page.UntilAtAsync("**/filters/comedies");
        await tab.GoLiveAsync($"{Project}/campaigns/catalogue");
        await page.ClickAsync("text=Filter, context and columns");
        await page.SelectOptionAsync("#test-filter", new SelectOptionValue { Label = "comedies" });
        await page.FillAsync("#value-GENRE", "Comedy");
        await page.FillAsync("#test-count", "40");
        await page.ClickAsync("main button:has-text('Recommend')");
        await Assertions.Expect(page.Locator(".k-ranked li")).ToHaveCountAsync(20);
        await Assertions.Expect(page.Locator("main pre")).ToContainTextAsync("\"filterValues\":{\"GENRE\":\"\\\"Comedy\\\"\"}");

        await tab.GoLiveAsync($"{Project}/filters/comedies");
        await page.ClickAsync("main >> text=Duplicate");
        await Assertions.Expect(page.Locator("#filter-name")).ToHaveValueAsync("comedies-copy");
        await Assertions.Expect(expression).ToHaveValueAsync("INCLUDE ItemID WHERE Items.GENRES IN ($GENRE) ");
        await tab.GoLiveAsync($"{Project}/filters");
        await page.ClickAsync("[aria-label='Actions of comedies']");
        await page.ClickAsync(":popover-open >> text=Delete");
        await page.FillAsync("#typed-name", "comedies");
        await page.ClickAsync("dialog[open] button:has-text('Delete filter')");
        await Assertions.Expect(page.Locator("main tbody >> text=comedies")).ToHaveCountAsync(0);
        await tab.AssertNoStoredMarkupAsync();
        tab.AssertNoComplaints();
    }
}
