using System.Text.RegularExpressions;
using Kindred.Client;
using Kindred.Testing.Hosting;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Browsers;

/// <summary>
/// A host as people start it, with its operator signed in, two projects and one model, and a browser. Made once for all tests; a test
/// leaves what it finds as it was, or works in a project of its own.
/// </summary>
public sealed partial class Portal : IAsyncLifetime
{
    public const string Executable = "/usr/bin/chromium";
    /// <summary>Markup, and longer than any box: every page shows it.</summary>
    public const string Organisation = "Acme <b id=stored>films</b> & a name that goes on for longer than any box was made for";
    public const string Email = "ada@acme.test";
    public const string Password = "correct horse battery";

    private IPlaywright? _playwright;
    private HttpClient? _http;
    private string? _state;

    public HostProcess Host { get; private set; } = null!;
    public IBrowser Browser { get; private set; } = null!;
    public Uri Address { get; private set; } = null!;
    public string Account { get; } = TestKey.Bootstrap.Account;
    /// <summary>A project with items, interactions, a trained campaign and a tracker.</summary>
    public ReadyProject Ready { get; private set; } = null!;
    /// <summary>Signed calls of the same deployment.</summary>
    public ApiClient Api { get; private set; } = null!;

    /// <summary>An origin whose pictures the portal may show.</summary>
    internal PictureServer Pictures { get; } = new();

    public static bool IsAvailable => File.Exists(Executable);

    /// <summary>To be called first in every test that needs a browser.</summary>
    public static void SkipWithoutBrowser() => Assert.SkipUnless(IsAvailable, $"There is no browser at {Executable}.");

    public async ValueTask InitializeAsync()
    {
        if (!IsAvailable) return;
        Host = await HostProcess.StartAsync(new HostProcessOptions { Environment = Settings() });
        Address = new Uri($"http://localhost:{Host.Port}");
        _playwright = await Playwright.CreateAsync();
        // As long as any other wait of a tab: on a machine that other suites share, a page may need more than the usual 5 s.
        Assertions.SetDefaultExpectTimeout(Tab.LongestWait);
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox"] });
        await SignUpAsync();
        var signing = new SigV4Handler(
            TestKey.Bootstrap.AccessKeyId, TestKey.Bootstrap.SecretAccessKey, "us-east-1", TimeProvider.System, new SocketsHttpHandler());
        _http = new HttpClient(signing) { BaseAddress = Host.BaseAddress };
        Api = new ApiClient(_http);
        await new ResourceClient(Api).CreateAsync("DatasetGroup", new() { ["name"] = "empty" }, CancellationToken.None);
        await DomainProject.MakeAsync(Api, CancellationToken.None);
        await ActionProject.MakeAsync(Api, Pictures.Address, CancellationToken.None);
        Ready = await ReadyProject.MakeAsync(Api, "catalogue", CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        _http?.Dispose();
        if (Host is not null) await Host.DisposeAsync();
        await Pictures.DisposeAsync();
    }

    /// <summary>A tab of its own session, signed in as the operator.</summary>
    public Task<Tab> OpenAsync(TabOptions? options = null) => Tab.OpenAsync(this, _state, options ?? new TabOptions());

    /// <summary>A tab in which nobody is signed in.</summary>
    public Task<Tab> OpenSignedOutAsync(TabOptions? options = null) => Tab.OpenAsync(this, null, options ?? new TabOptions());

    /// <summary>Invites somebody new to the organisation, by link.</summary>
    /// <returns>A tab in which they have followed it and are signed in.</returns>
    public async Task<Tab> JoinAsync(string email, string role, TabOptions? options = null)
    {
        await using var owner = await OpenAsync();
        await owner.GoLiveAsync($"/o/{Account}/members");
        await owner.Page.ClickAsync("main >> text=Invite");
        await owner.Page.FillAsync("#invite-email", email);
        await owner.Page.SelectOptionAsync("#invite-role", role);
        await owner.Page.ClickAsync("text=Make the link");
        var link = new Uri((await owner.Page.TextContentAsync("#invitation-link"))!);

        var tab = await OpenSignedOutAsync(options);
        await tab.GoAsync(link.PathAndQuery);
        await tab.Page.FillAsync("#password", "another long sentence");
        await tab.Page.ClickAsync("button[type=submit]");
        await tab.Page.UntilAtAsync("**/o/**");
        return tab;
    }

    /// <summary>Takes a member out of the organisation.</summary>
    public async Task RemoveAsync(string email)
    {
        await using var owner = await OpenAsync();
        await owner.GoLiveAsync($"/o/{Account}/members");
        await owner.Page.ClickAsync($"[aria-label='Actions of {email}']");
        await owner.Page.ClickAsync(":popover-open >> text=Remove");
        await owner.Page.ClickAsync("dialog[open] button:has-text('Remove')");
        await Assertions.Expect(owner.Page.Locator($"main >> text={email}")).ToHaveCountAsync(0);
    }

    /// <summary>Accounts are in SQLite, or in an empty database of PostgreSQL that <c>KINDRED_TEST_ACCOUNTS</c> names.</summary>
    private Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>
        {
            ["Kindred__Accounts__SignUp"] = "open", ["Kindred__OrleansDashboard"] = "true",
            ["Kindred__Portal__PictureOrigins__0"] = Pictures.Address.ToString(),
        };
        if (Environment.GetEnvironmentVariable("KINDRED_TEST_ACCOUNTS") is { Length: > 0 } connection)
            settings["Kindred__Accounts__ConnectionString"] = connection;
        return settings;
    }

    private async Task SignUpAsync()
    {
        var line = await Host.WaitForLineAsync("/start?token=", TimeSpan.FromSeconds(30));
        var link = new Uri(StartLink().Match(line).Value);
        await using var tab = await OpenSignedOutAsync();
        await tab.GoAsync(link.PathAndQuery);
        await tab.Page.FillAsync("#organisation", Organisation);
        await tab.Page.FillAsync("#email", Email);
        await tab.Page.FillAsync("input[type=password]", Password);
        await tab.Page.ClickAsync("button[type=submit]");
        await tab.Page.UntilAtAsync($"**/o/{Account}");
        _state = await tab.Page.Context.StorageStateAsync();
    }

    [GeneratedRegex(@"http\S+/start\?token=\S+")] private static partial Regex StartLink();
}

[CollectionDefinition(Name)]
public sealed class PortalCollection : ICollectionFixture<Portal>
{
    public const string Name = "portal";
}
