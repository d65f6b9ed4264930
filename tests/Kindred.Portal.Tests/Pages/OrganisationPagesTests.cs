using Kindred.Client;
using Kindred.Portal.Tests.Browsers;
using Kindred.Testing.Hosting;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>The main path of each page of an organisation.</summary>
[Collection(PortalCollection.Name)]
public sealed class OrganisationPagesTests(Browsers.Portal portal)
{
    [Fact]
    public async Task Key_MadeInThePortal_WorksUntilItIsRevoked()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync($"/o/{portal.Account}/keys");

        await page.ClickAsync("text=New key");
        await page.FillAsync("#key-name", "<b id=stored>shop</b>");
        await page.ClickAsync("text=Read only");
        await page.ClickAsync("text=Make key");
        var id = (await page.TextContentAsync("#issued-id"))!;
        var secret = (await page.TextContentAsync("#issued-secret"))!;
        await tab.PictureAsync("keys-secret-1440-light");
        await page.ClickAsync("text=I have kept it");
        await tab.AssertNoStoredMarkupAsync();
        var before = await ListAsync(id, secret);

        await page.ClickAsync($"tr:has-text('{id}') >> [popovertarget]");
        await page.ClickAsync(":popover-open >> text=Revoke");
        await page.ClickAsync("dialog[open] button:has-text('Revoke')");
        await Assertions.Expect(page.Locator($"main >> text={id}")).ToHaveCountAsync(0);

        Assert.True(before);
        Assert.False(await ListAsync(id, secret));
        Assert.DoesNotContain(secret, await page.ContentAsync(), StringComparison.Ordinal);
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Application_MadeInThePortal_GetsTokensUntilItsSecretIsRenewedAndItIsRemoved()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync($"/o/{portal.Account}/applications");

        await page.ClickAsync("main button:has-text('New application')");
        await page.FillAsync("#application-name", "<b id=stored>nightly</b>");
        await page.CheckAsync("text=For members who sign in with it");
        await Assertions.Expect(page.Locator("text=Make application")).ToBeDisabledAsync();
        await page.FillAsync("#application-redirects", "http://shop.example/back");
        await page.ClickAsync("text=Make application");
        await Assertions.Expect(page.Locator("dialog[open] [role=alert]")).ToContainTextAsync("'http://shop.example/back' is no redirect address");
        await page.FillAsync("#application-redirects", "https://shop.example/back");
        await page.ClickAsync("text=Make application");
        var id = (await page.TextContentAsync("#client-id"))!;
        var secret = (await page.TextContentAsync("#client-secret"))!;
        await tab.PictureAsync("applications-secret-1440-light");
        await page.ClickAsync("text=I have kept it");
        Assert.Equal(200, await TokenAsync(id, secret));

        await page.ClickAsync("[aria-label^='Actions of']");
        await page.ClickAsync(":popover-open >> text=New secret");
        await page.ClickAsync("text=Make a new secret");
        var renewed = (await page.TextContentAsync("#client-secret"))!;
        await page.ClickAsync("text=I have kept it");
        Assert.Equal((401, 200), (await TokenAsync(id, secret), await TokenAsync(id, renewed)));

        await page.ClickAsync("[aria-label^='Actions of']");
        await page.ClickAsync(":popover-open >> text=Remove");
        await page.ClickAsync("text=Remove application");
        await Assertions.Expect(page.Locator($"main >> text={id}")).ToHaveCountAsync(0);
        Assert.Equal(401, await TokenAsync(id, renewed));
        await tab.GoLiveAsync($"/o/{portal.Account}/audit");
        await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync("applications:RenewSecret");
        await tab.AssertNoStoredMarkupAsync();
        Assert.DoesNotContain(renewed, await page.ContentAsync(), StringComparison.Ordinal);
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Somebody_WhoBelongsNowhere_IsToldSoAndMakesAnOrganisation()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.JoinAsync("lost@acme.test", "Analyst", new() { Width = 390, Dark = true });
        await portal.RemoveAsync("lost@acme.test");

        await tab.GoLiveAsync("/o");
        await Assertions.Expect(tab.Page.Locator("main")).ToContainTextAsync("It has to be for lost@acme.test");
        await tab.PictureAsync("nowhere-390-dark");
        await tab.AssertFitsAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.FillAsync("#organisation", "Found <b id=stored>again</b>");
        await tab.Page.ClickAsync("text=Make organisation");
        await tab.Page.UntilAtAsync("**/o/*");
        await Assertions.Expect(tab.Page.Locator(".k-project-name").First).ToContainTextAsync("Found <b id=stored>again</b>");
        await tab.AssertNoStoredMarkupAsync();
        tab.AssertNoComplaints();
    }

    [Fact]
    public async Task Audit_AfterAChange_ShowsItAndIsExported()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await tab.GoLiveAsync($"/o/{portal.Account}/audit");

        await page.FillAsync("#audit-text", "CreateCampaign");
        await page.PressAsync("#audit-text", "Enter");
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync("CreateCampaign");
        var export = await page.APIRequest.GetAsync(new Uri(portal.Address, $"/o/{portal.Account}/audit/export?text=CreateCampaign").ToString());

        Assert.StartsWith("at,actor,action,target,origin,before,after\n", await export.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("personalize:CreateCampaign", await export.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", await export.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_WithEverythingInIt_GoesWhenItsNameIsTyped()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        await ReadyProject.MakeAsync(portal.Api, "to-delete", TestContext.Current.CancellationToken);
        await tab.GoLiveAsync($"/o/{portal.Account}/p/to-delete/settings");

        await page.ClickAsync("main button:has-text('Delete the project')");
        await Assertions.Expect(page.Locator("dialog[open] .k-btn-danger")).ToBeDisabledAsync();
        await page.FillAsync("dialog[open] input", "to-delete");
        await page.ClickAsync("dialog[open] .k-btn-danger");
        await page.UntilAtAsync($"**/o/{portal.Account}");

        await Assertions.Expect(page.Locator("main >> text=to-delete")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Event_TheFirstOne_TurnsItsStepGreenWithoutReload()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        var page = tab.Page;
        var ready = await ReadyProject.MakeAsync(portal.Api, "first-event", TestContext.Current.CancellationToken, hasEvents: false);
        await tab.GoLiveAsync($"/o/{portal.Account}/p/{ready.Name}");
        await Assertions.Expect(page.Locator(".k-progress-text")).ToHaveTextAsync("3 of 4 done");

        await portal.Api.PostAsync("/events", new()
        {
            ["trackingId"] = ready.TrackingId, ["userId"] = ReadyProject.UserId, ["sessionId"] = "s",
            ["eventList"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject
            {
                ["eventType"] = "view", ["itemId"] = "item-1", ["sentAt"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            }),
        }, TestContext.Current.CancellationToken);

        await Assertions.Expect(page.Locator(".k-progress-text")).ToHaveTextAsync("4 of 4 done");
    }

    [Fact]
    public async Task Jump_ByKeyboard_LeadsToWhatWasTyped()
    {
        Browsers.Portal.SkipWithoutBrowser();
        await using var tab = await portal.OpenAsync();
        await tab.GoLiveAsync($"/o/{portal.Account}/p/{portal.Ready.Name}");

        await tab.Page.Keyboard.PressAsync("Control+k");
        await tab.Page.FillAsync("#jump-text", "insig");
        await Assertions.Expect(tab.Page.Locator("#jump-list li")).ToHaveCountAsync(1);
        await tab.Page.Keyboard.PressAsync("Enter");

        await tab.Page.UntilAtAsync("**/insights");
    }

    private async Task<int> TokenAsync(string id, string secret)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret });
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(portal.Address, "/connect/token"), form, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private async Task<bool> ListAsync(string id, string secret)
    {
        using var signing = new SigV4Handler(id, secret, "us-east-1", TimeProvider.System, new SocketsHttpHandler());
        using var http = new HttpClient(signing) { BaseAddress = portal.Host.BaseAddress };
        try
        {
            await new ApiClient(http).CallAsync("ListDatasetGroups", [], TestContext.Current.CancellationToken);
            return true;
        }
        catch (ServiceException)
        {
            return false;
        }
    }
}
