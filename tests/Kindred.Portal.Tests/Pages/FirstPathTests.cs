using System.Text;
using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

[Collection(PortalCollection.Name)]
public sealed class FirstPathTests(Browsers.Portal portal)
{
    [Fact]
    public async Task File_OfAShopsOwnForm_BecomesRecommendationsInFourClicks()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync($"/o/{portal.Account}");

        await page.ClickAsync("text=New project");
        await page.FillAsync("#project-name", "first-path");
        await page.ClickAsync("text=Create project");
        await page.UntilAtAsync("**/p/first-path");
        await tab.GoLiveAsync($"/o/{portal.Account}/p/first-path/datasets");
        await page.WaitForSelectorAsync("[data-ready=yes]");
        await page.SetInputFilesAsync("#upload", new FilePayload
        {
            Name = "ratings.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(ReadyProject.Csv(broken: 3)),
        });
        await page.WaitForSelectorAsync("#import:not([disabled])");

        await Assertions.Expect(page.Locator(".k-verdict")).ToContainTextAsync("1,200 rows fit");
        await Assertions.Expect(page.Locator(".k-verdict")).ToContainTextAsync("3 would be refused");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Times are read as dates");
        await tab.PictureAsync("import-tried-1440-light");

        await page.ClickAsync("#import");
        await page.UntilAtAsync("**/first-model?**");
        await page.WaitForSelectorAsync(".k-ranked li", new() { Timeout = 60_000 });
        await tab.PictureAsync("first-model-1440-light");

        Assert.Equal(10, await page.Locator(".k-ranked li").CountAsync());
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("3 rows were refused");
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Page_OfAnotherOrganisation_IsAsIfThereWereNone()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();

        await tab.GoLiveAsync("/o/999999999999/p/catalogue/datasets");

        await Assertions.Expect(tab.Page.Locator("main [role=alert]")).ToContainTextAsync("There is no such organisation, or you do not belong to it.");
    }

    [Fact]
    public async Task Page_SignedOut_LeadsToSignInAndBack()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenSignedOutAsync();
        var target = $"/o/{portal.Account}/p/catalogue/datasets";

        await tab.GoAsync(target);
        await tab.Page.FillAsync("#email", Browsers.Portal.Email);
        await tab.Page.FillAsync("#password", Browsers.Portal.Password);
        await tab.Page.ClickAsync("button[type=submit]:has-text('Sign in')");

        await tab.Page.UntilAtAsync("**" + target);
    }
}
