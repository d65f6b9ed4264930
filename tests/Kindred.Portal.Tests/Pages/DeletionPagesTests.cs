using System.Text;
using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>Somebody asks to be forgotten: from their id to the receipt, and to the model that still knows them.</summary>
[Collection(PortalCollection.Name)]
public sealed class DeletionPagesTests(Browsers.Portal portal)
{
    [Fact]
    public async Task Users_ThatAreNamed_AreGone_AndTheModelOfBeforeSaysSo()
    {
        Browsers.Portal.SkipWithoutBrowser();
        const string Project = "forgetting";
        var home = $"/o/{portal.Account}/p/{Project}";
        await ReadyProject.MakeAsync(portal.Api, Project, TestContext.Current.CancellationToken, hasEvents: false);
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync($"{home}/datasets");
        await page.ClickAsync("text=Delete users' data");
        await page.UntilAtAsync("**/deletions");

        await page.FillAsync("#deletion-ids", "user-3\nuser-4\nnobody-of-this-name\nuser-3");
        await page.ClickAsync("main >> text=Continue");
        await Assertions.Expect(page.Locator(".k-verdict")).ToHaveTextAsync("3 users");
        await page.ClickAsync("text=Delete their data…");
        await Assertions.Expect(page.Locator("dialog[open] button:has-text('Delete their data')")).ToBeDisabledAsync();
        await page.FillAsync("#typed-name", Project);
        await page.ClickAsync("dialog[open] button:has-text('Delete their data')");
        var job = page.Locator("[data-job^=forgetting-deletion]");
        await Assertions.Expect(job.Locator(".k-status-ok")).ToHaveTextAsync("Done", new() { Timeout = 60_000 });

        await job.Locator("button").ClickAsync();
        var receipt = page.Locator("dialog[open]");
        await Assertions.Expect(receipt).ToContainTextAsync("40 records of 2 users");
        await tab.PictureAsync("deletions-receipt-1440-light");
        await tab.AssertAccessibleAsync();
        await receipt.Locator("text=Delete the list").ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("The list is deleted.");

        await tab.GoLiveAsync($"{home}/solutions/{Project}");
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Version 1 was trained before the data of 3 users were deleted");
        await tab.PictureAsync("solution-deleted-1440-light");
        await page.ClickAsync("text=Train again");
        await Assertions.Expect(page.Locator("main tbody tr:has-text('Version 2') .k-status-ok")).ToHaveTextAsync("Ready", new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("was trained before the data");
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task File_WithoutAColumnOfUsers_IsRefusedBeforeAnythingIsDeleted()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync($"/o/{portal.Account}/p/empty/deletions");
        await page.CheckAsync("text=Upload a file");
        await page.WaitForSelectorAsync("[data-ready=yes]");

        await page.SetInputFilesAsync("#upload", new FilePayload { Name = "gone.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("a,b\n1,2\n") });

        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync("one of them USER_ID");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Nothing was deleted yet.");
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Analyst_MayLookButDeletesNobody()
    {
        Browsers.Portal.SkipWithoutBrowser();
        const string Email = "analyst-of-deletions@acme.test";
        await using (var tab = await portal.JoinAsync(Email, "Analyst"))
        {
            var page = tab.Page;
            await tab.GoLiveAsync($"/o/{portal.Account}/p/empty/deletions");
            await page.FillAsync("#deletion-ids", "user-3");
            await page.ClickAsync("main >> text=Continue");
            await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync("scope 'objects'");
            await Assertions.Expect(page.Locator(".k-verdict")).ToHaveCountAsync(0);
        }
        await portal.RemoveAsync(Email);
    }
}
