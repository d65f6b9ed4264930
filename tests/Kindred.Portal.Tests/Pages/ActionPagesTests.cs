using System.Text;
using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>Actions: from files to what a user is offered next.</summary>
[Collection(PortalCollection.Name)]
public sealed class ActionPagesTests(Browsers.Portal portal)
{
    private string Project => $"/o/{portal.Account}/p/{ActionProject.Name}";

    [Fact]
    public async Task Panel_OfAUser_RanksActionsAndShowsTheCall()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync($"{Project}/campaigns/{ActionProject.Name}");
        await page.WaitForSelectorAsync(".k-ranked li");

        await page.FillAsync("#test-user", "user-7");
        await page.ClickAsync(".k-ask button[type=submit]");
        await Assertions.Expect(page.Locator("main pre")).ToContainTextAsync("\"userId\":\"user-7\",\"numResults\":5");
        var offered = await page.Locator(".k-ranked li").AllInnerTextsAsync();

        Assert.Equal(3, offered.Count);
        Assert.Contains("Install the app", offered[0], StringComparison.Ordinal);
        Assert.Contains("%", offered[0], StringComparison.Ordinal);
        Assert.Contains("not known yet", offered[2], StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Not Taken");
        await page.ClickAsync(".k-ask-more summary");
        await page.SelectOptionAsync("#test-filter", new SelectOptionValue { Label = "kind-of-offer" });
        await page.FillAsync("#value-KIND", "news");
        await page.ClickAsync(".k-ask button[type=submit]");
        await Assertions.Expect(page.Locator(".k-ranked li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".k-ranked li")).ToContainTextAsync("Read the news");
        await tab.AssertNoStoredMarkupAsync();
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Pictures_OfNamedOrigins_AreShownAndOthersNeverAskedFor()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var asked = new List<string>();
        tab.Page.Request += (_, request) => asked.Add(request.Url);
        await tab.GoLiveAsync($"{Project}/campaigns/{ActionProject.Name}");

        await tab.Page.WaitForSelectorAsync(".k-ranked img[data-loaded]");

        Assert.Equal(["join.svg", "nothing.svg"], asked.Where(url => url.StartsWith(portal.Pictures.Address.ToString(), StringComparison.Ordinal))
            .Select(url => url.Split('/')[^1]).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(asked, url => url.Contains("elsewhere.example", StringComparison.Ordinal));
        await Assertions.Expect(tab.Page.Locator(".k-ranked li:has-text('Install the app') img")).ToHaveCountAsync(0);
        Assert.False(portal.Pictures.HeardOfPages);
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Events_WhatAUserDidAboutAnAction_IsAmongThem()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        await tab.GoLiveAsync($"{Project}/events");
        await Assertions.Expect(tab.Page.Locator("main")).ToContainTextAsync("Waiting for events");

        await ActionProject.TakeAsync(portal.Api, portal.Account, "user-3", "greet", TestContext.Current.CancellationToken);

        var row = tab.Page.Locator("main tbody tr").First;
        await Assertions.Expect(row).ToContainTextAsync("Read the news");
        await Assertions.Expect(row).ToContainTextAsync("Taken");
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Import_OfActions_ReadsAShopsOwnColumns_AndTheRecipeSaysWhatItNeeds()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        const string Own = "own-offers";
        await ReadyProject.MakeAsync(portal.Api, Own, TestContext.Current.CancellationToken, hasEvents: false);
        await tab.GoLiveAsync($"/o/{portal.Account}/p/{Own}/solutions/new");
        await page.ClickAsync("text=More recipes");
        await page.CheckAsync("input[value=aws-next-best-action]");
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("This project has no actions yet");
        await Assertions.Expect(page.Locator("text=Create and train")).ToBeDisabledAsync();

        await page.ClickAsync("text=Import actions first");
        await page.WaitForSelectorAsync("[data-ready=yes]");
        await page.SetInputFilesAsync("#upload", new FilePayload
        {
            Name = "offers.csv", MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("offer,name,value,repeat,expires\njoin,Join the club,8,30,2099-01-01\ncall,Call us,2,,\n"),
        });
        await page.WaitForSelectorAsync("#import:not([disabled])");
        await Assertions.Expect(page.Locator(".k-verdict")).ToContainTextAsync("2 rows fit");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Days until it is offered again");
        await page.ClickAsync("#import");
        await page.UntilAtAsync("**/datasets");
        await Assertions.Expect(page.Locator("[aria-label='Actions'] tbody .k-status-ok")).ToHaveTextAsync("Ready", new() { Timeout = 60_000 });
        await page.ClickAsync("text=See actions");
        await page.UntilAtAsync("**/datasets/actions");

        await Assertions.Expect(page.Locator("main tbody tr:has-text('Join the club')")).ToContainTextAsync("Until 1 Jan 2099, again after 30 days");
        await Assertions.Expect(page.Locator("main tbody tr:has-text('Call us')")).ToContainTextAsync("At any time");
        tab.AssertNoComplaints();
    }
}
