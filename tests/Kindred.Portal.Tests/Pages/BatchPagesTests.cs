using System.Text;
using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>From a file with questions to one with answers, and from a dataset to a file.</summary>
[Collection(PortalCollection.Name)]
public sealed class BatchPagesTests(Browsers.Portal portal)
{
    private string Batch => $"/o/{portal.Account}/p/catalogue/batch";

    [Fact]
    public async Task Batch_OfAnUploadedFile_IsAnsweredShownAndDownloaded()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync($"{Batch}/new");
        await page.ClickAsync("text=Start job");
        await Assertions.Expect(page.Locator("main .k-fault").First).ToHaveTextAsync("The job needs a name.");

        await page.FillAsync("#batch-name", "newsletter");
        await page.FillAsync("#batch-results", "5");
        await page.WaitForSelectorAsync("[data-ready=yes]");
        await page.SetInputFilesAsync("#upload", new FilePayload
        {
            Name = "readers.jsonl", MimeType = "application/x-ndjson",
            Buffer = Encoding.UTF8.GetBytes("{\"userId\":\"user-7\"}\n{\"userId\":\"user-8\"}\nnot a question\n"),
        });
        await Assertions.Expect(page.Locator("#batch-input")).Not.ToHaveValueAsync("");
        await page.ClickAsync("text=Start job");
        await page.UntilAtAsync("**/catalogue/batch");

        var row = page.Locator("[data-job=newsletter]");
        await Assertions.Expect(row.Locator(".k-status-ok")).ToHaveTextAsync("Ready", new() { Timeout = 60_000 });
        await Assertions.Expect(row).ToContainTextAsync("1 could not be answered");
        await row.Locator("button").ClickAsync();
        await Assertions.Expect(page.Locator("dialog[open] pre")).ToContainTextAsync("\"recommendedItems\":[\"item-");
        await Assertions.Expect(page.Locator("dialog[open] pre")).ToContainTextAsync("User error: the line is not JSON");
        var answers = await DownloadAsync(page);

        Assert.Equal(3, answers.Length);
        Assert.StartsWith("{\"input\":{\"userId\":\"user-8\"},\"output\":{\"recommendedItems\":[\"item-", answers[1], StringComparison.Ordinal);
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Export_OfADataset_IsAFileOfItsRows()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync($"{Batch}/new?kind=export");
        await page.FillAsync("#batch-name", "films");
        await page.SelectOptionAsync("#batch-dataset", new SelectOptionValue { Label = "Items" });
        await page.ClickAsync("text=Start job");
        await page.UntilAtAsync("**/catalogue/batch");

        var row = page.Locator("[data-job=films]");
        await Assertions.Expect(row.Locator(".k-status-ok")).ToHaveTextAsync("Ready", new() { Timeout = 60_000 });
        await row.Locator("button").ClickAsync();
        await Assertions.Expect(page.Locator("dialog[open] pre")).ToContainTextAsync("ITEM_ID,NAME,GENRES");
        await tab.AssertNoStoredMarkupAsync();
        var lines = await DownloadAsync(page);

        Assert.Equal(1 + 40, lines.Length);
        tab.AssertNoComplaints();
    }

    private static async Task<string[]> DownloadAsync(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("dialog[open] >> text=Download"));
        return (await File.ReadAllTextAsync(await download.PathAsync())).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
