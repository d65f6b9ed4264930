using Kindred.Portal.Tests.Browsers;

namespace Kindred.Portal.Tests.Pages;

/// <summary>What holds for every page, wide and narrow, light and dark.</summary>
[Collection(PortalCollection.Name)]
public sealed class EveryPageTests(Browsers.Portal portal)
{
    /// <summary>Each width and each theme once; every pair of them in the long form.</summary>
    private static (int Width, bool Dark)[] Looks { get; } = Environment.GetEnvironmentVariable("KINDRED_LONG") == "1"
        ? [(1440, false), (1440, true), (390, false), (390, true)] : [(1440, false), (390, true)];

    public static TheoryData<string> Pages => [.. PageList.All.Select(view => view.Name)];

    [Theory, MemberData(nameof(Pages))]
    public async Task Page_WideAndNarrowLightAndDark_FitsKeepsNobodyOutAndObeysThePolicy(string name)
    {
        Browsers.Portal.SkipWithoutBrowser();
        var view = PageList.Find(name);
        foreach (var (width, dark) in Looks) await LookAsync(view, new TabOptions { Width = width, Dark = dark });
    }

    private async Task LookAsync(PageView view, TabOptions options)
    {
        await using var tab = await portal.OpenAsync(options);

        await ShowAsync(tab, view);
        // What lies half under the bar of a scrolled page would count as too small to touch.
        await tab.Page.EvaluateAsync("scrollTo(0, 0)");

        await tab.PictureAsync($"{view.Name}-{options.Width}-{(options.Dark ? "dark" : "light")}");
        await tab.AssertFitsAsync();
        await tab.AssertAccessibleAsync();
        await tab.AssertNoStoredMarkupAsync();
        tab.AssertNoComplaints();
    }

    private async Task ShowAsync(Tab tab, PageView view)
    {
        await tab.GoAsync(view.Path(portal));
        if (await tab.Page.Locator("[data-live]").CountAsync() > 0) await tab.UntilLiveAsync();
        if (view.Prepare is { } prepare) await prepare(tab.Page);
    }
}
