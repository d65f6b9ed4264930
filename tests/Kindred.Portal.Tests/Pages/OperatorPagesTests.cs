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
        await theirs.Page.WaitForURLAsync("**/o/**");
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
        await theirs.Page.WaitForURLAsync("**/o/**");
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
        await theirs.Page.WaitForURLAsync("**/o/**");
        await tab.AssertNoStoredMarkupAsync();
        tab.AssertNoComplaints();
    }

    private static async Task SignInAsync(Tab tab)
    {
        await tab.GoAsync("/account/sign-in");
        await tab.Page.FillAsync("#email", Email);
        await tab.Page.FillAsync("#password", Another);
        await tab.Page.ClickAsync("button[type=submit]:has-text('Sign in')");
    }
}
