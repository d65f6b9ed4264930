using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Kindred.Testing;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Browsers;

/// <summary>One tab, which remembers everything that the browser complained about.</summary>
public sealed class Tab : IAsyncDisposable
{
    private static readonly string Pictures = Path.Combine(RepositoryPaths.Root, "TestResults", "portal");
    // Evaluated, not put into the page: the policy stands while the rules are checked.
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private const string Rules = """
        async () => (await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })).violations.map(v =>
          `${v.impact} ${v.id}: ${v.help}: ` + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(" | "))
        """;

    /// <summary>How long a tab waits for anything, in milliseconds.</summary>
    internal const float LongestWait = 40_000;

    private readonly Portal _portal;
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Tab(Portal portal, IBrowserContext context, IPage page)
    {
        (_portal, _context, Page) = (portal, context, page);
        page.Console += (_, message) =>
        {
            // Answers with an error status are logged by the browser; tests that ask for one look at it themselves.
            if (message.Type is "error" && !message.Text.Contains("the server responded with a status", StringComparison.Ordinal))
                _complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
    }

    public IPage Page { get; }

    internal static async Task<Tab> OpenAsync(Portal portal, string? state, TabOptions options)
    {
        var context = await portal.Browser.NewContextAsync(new()
        {
            StorageState = state, ColorScheme = options.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = options.Width, Height = options.Width > 800 ? 900 : 844 }, ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(LongestWait);
        return new Tab(portal, context, await context.NewPageAsync());
    }

    /// <summary>Loads a page of the portal.</summary>
    /// <returns>The status of the answer.</returns>
    public async Task<int> GoAsync(string path)
    {
        var answer = await Page.GotoAsync(new Uri(_portal.Address, path).ToString());
        return answer!.Status;
    }

    /// <summary>Loads a page and waits until its circuit is up: a click before that is lost.</summary>
    public async Task GoLiveAsync(string path)
    {
        await GoAsync(path);
        await UntilLiveAsync();
    }

    public async Task UntilLiveAsync()
    {
        await Page.WaitForSelectorAsync("[data-live=yes]");
        await Assertions.Expect(Page.Locator("main .k-skeleton")).ToHaveCountAsync(0);
    }

    /// <summary>No script failed, and nothing was refused by the policy.</summary>
    public void AssertNoComplaints() => Assert.Empty(_complaints);

    /// <summary>Nothing that keeps people out; call it with dialogs and menus open as well.</summary>
    public async Task AssertAccessibleAsync()
    {
        await Page.EvaluateAsync(Axe);
        var violations = await Page.EvaluateAsync<string[]>(Rules);
        Assert.True(violations.Length == 0, string.Join('\n', violations));
    }

    /// <summary>Nothing makes the page wider than the window.</summary>
    public async Task AssertFitsAsync()
    {
        var excess = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        Assert.True(excess <= 0, $"{Page.Url} is {excess} px wider than the window.");
    }

    /// <summary>What tenants name things never becomes an element.</summary>
    public async Task AssertNoStoredMarkupAsync() => Assert.Equal(0, await Page.Locator("#stored").CountAsync());

    /// <summary>Keeps a picture for people to look at, in a folder that is not committed.</summary>
    public Task PictureAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png") });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
