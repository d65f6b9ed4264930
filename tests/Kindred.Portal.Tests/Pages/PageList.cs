using Kindred.Portal.Tests.Browsers;
using Microsoft.Playwright;

namespace Kindred.Portal.Tests.Pages;

/// <summary>One page as people can meet it, with what is to be opened on it first.</summary>
/// <param name="Name">Of its picture.</param>
/// <param name="Path">Of its address, for the deployment of the tests.</param>
/// <param name="Prepare">Opens a dialog or menu; null where the page is looked at as it loads.</param>
public sealed record PageView(string Name, Func<Browsers.Portal, string> Path, Func<IPage, Task>? Prepare = null)
{
    public override string ToString() => Name;
}

/// <summary>Every page, and every dialog and menu of one. A new page takes a line here.</summary>
public static class PageList
{
    public static IReadOnlyList<PageView> All { get; } =
    [
        new("projects", portal => $"/o/{portal.Account}"),
        new("projects-new", portal => $"/o/{portal.Account}", page => OpenDialogAsync(page, "text=New project")),
        new("project-switcher", portal => $"/o/{portal.Account}/p/catalogue", page => OpenSwitcherAsync(page)),
        new("jump", portal => $"/o/{portal.Account}/p/catalogue", page => page.Keyboard.PressAsync("Control+k")),
        new("connect", portal => $"/o/{portal.Account}/p/catalogue", page => OpenDialogAsync(page, ".k-connect")),
        new("account-menu", portal => $"/o/{portal.Account}", page => page.ClickAsync(".k-avatar")),
        new("overview", portal => $"/o/{portal.Account}/p/catalogue"),
        new("datasets", portal => $"/o/{portal.Account}/p/catalogue/datasets"),
        new("datasets-schema", portal => $"/o/{portal.Account}/p/catalogue/datasets", async page =>
        {
            await page.ClickAsync("[aria-label='More of Items']");
            await OpenDialogAsync(page, ":popover-open >> text=Schema");
        }),
        new("import", portal => $"/o/{portal.Account}/p/catalogue/datasets/import"),
        new("insights", portal => $"/o/{portal.Account}/p/catalogue/insights", page => page.Locator(".k-data summary").First.ClickAsync()),
        new("solutions", portal => $"/o/{portal.Account}/p/catalogue/solutions"),
        new("solutions-new", portal => $"/o/{portal.Account}/p/catalogue/solutions/new", page => page.ClickAsync("text=Advanced")),
        new("solution", portal => $"/o/{portal.Account}/p/catalogue/solutions/catalogue"),
        new("solution-delete", portal => $"/o/{portal.Account}/p/catalogue/solutions/catalogue", async page =>
        {
            await page.ClickAsync("[aria-label='More actions']");
            await page.ClickAsync("text=Delete solution");
        }),
        new("campaigns", portal => $"/o/{portal.Account}/p/catalogue/campaigns"),
        new("campaigns-new", portal => $"/o/{portal.Account}/p/catalogue/campaigns/new"),
        new("campaign", portal => $"/o/{portal.Account}/p/catalogue/campaigns/catalogue", page => page.WaitForSelectorAsync(".k-ranked li")),
        new("campaign-filter", portal => $"/o/{portal.Account}/p/catalogue/campaigns/catalogue", async page =>
        {
            await page.ClickAsync("text=Filter, context and columns");
            await page.SelectOptionAsync("#test-filter", new SelectOptionValue { Label = "by-genre" });
            await page.WaitForSelectorAsync("#value-GENRES");
        }),
        new("campaign-update", portal => $"/o/{portal.Account}/p/catalogue/campaigns/catalogue", async page =>
        {
            await page.ClickAsync("main >> text=Update");
            await page.WaitForSelectorAsync("dialog[open] #campaign-solution");
        }),
        new("campaign-actions", portal => $"/o/{portal.Account}/p/offers/campaigns/offers", page => page.WaitForSelectorAsync(".k-ranked li")),
        new("campaign-actions-filter", portal => $"/o/{portal.Account}/p/offers/campaigns/offers", async page =>
        {
            await page.WaitForSelectorAsync(".k-ranked li");
            await page.ClickAsync(".k-ask-more summary");
            await page.SelectOptionAsync("#test-filter", new SelectOptionValue { Label = "kind-of-offer" });
            await page.WaitForSelectorAsync("#value-KIND");
        }),
        new("solution-actions", portal => $"/o/{portal.Account}/p/offers/solutions/offers"),
        new("datasets-actions", portal => $"/o/{portal.Account}/p/offers/datasets"),
        new("actions", portal => $"/o/{portal.Account}/p/offers/datasets/actions", page => page.WaitForSelectorAsync("main tbody tr")),
        new("actions-empty", portal => $"/o/{portal.Account}/p/empty/datasets/actions"),
        new("import-actions", portal => $"/o/{portal.Account}/p/offers/datasets/import?type=ACTION_INTERACTIONS"),
        new("events-actions", portal => $"/o/{portal.Account}/p/offers/events", page => page.ClickAsync("text=Send what users did about actions")),
        new("deletions", portal => $"/o/{portal.Account}/p/catalogue/deletions"),
        new("deletions-file", portal => $"/o/{portal.Account}/p/catalogue/deletions", async page =>
        {
            await page.CheckAsync("text=Upload a file");
            await page.WaitForSelectorAsync("[data-ready=yes]");
        }),
        new("deletions-confirm", portal => $"/o/{portal.Account}/p/catalogue/deletions", async page =>
        {
            await page.FillAsync("#deletion-ids", "somebody with an id that goes on for longer than most boxes\nsomebody else");
            await page.ClickAsync("main >> text=Continue");
            await OpenDialogAsync(page, "text=Delete their data…");
        }),
        new("overview-domain", portal => $"/o/{portal.Account}/p/films"),
        new("overview-domain-empty", portal => $"/o/{portal.Account}/p/empty-shop"),
        new("recommenders", portal => $"/o/{portal.Account}/p/films/recommenders"),
        new("recommenders-new", portal => $"/o/{portal.Account}/p/films/recommenders/new"),
        new("recommender", portal => $"/o/{portal.Account}/p/films/recommenders/popular", page => page.WaitForSelectorAsync(".k-ranked li")),
        new("recommender-stop", portal => $"/o/{portal.Account}/p/films/recommenders/popular", page => OpenDialogAsync(page, "main >> text=Stop…")),
        new("recommender-delete", portal => $"/o/{portal.Account}/p/films/recommenders/popular", async page =>
        {
            await page.ClickAsync("[aria-label='More actions']");
            await OpenDialogAsync(page, ":popover-open >> text=Delete recommender");
        }),
        new("recommenders-empty", portal => $"/o/{portal.Account}/p/empty-shop/recommenders"),
        new("recommenders-new-empty", portal => $"/o/{portal.Account}/p/empty-shop/recommenders/new"),
        new("recommenders-custom", portal => $"/o/{portal.Account}/p/empty/recommenders"),
        new("filters", portal => $"/o/{portal.Account}/p/catalogue/filters"),
        new("filters-menu", portal => $"/o/{portal.Account}/p/catalogue/filters", page => page.ClickAsync("[aria-label='Actions of catalogue']")),
        new("filters-new", portal => $"/o/{portal.Account}/p/catalogue/filters/new"),
        new("filters-wrong", portal => $"/o/{portal.Account}/p/catalogue/filters/new", async page =>
        {
            await page.FillAsync("#filter-expression", "INCLUDE ItemID WHERE Items.GENRE IN (\"Comedy\", \"Drama\") | EXCLUDE ItemID WHERE Items.NAME > 3 AND");
            await page.WaitForSelectorAsync(".k-faults li");
        }),
        new("filters-values", portal => $"/o/{portal.Account}/p/catalogue/filters/new?from=by-genre", async page =>
        {
            await page.FillAsync("#value-GENRES", "Drama");
            await page.WaitForSelectorAsync("[data-trial='20']");
        }),
        new("filter", portal => $"/o/{portal.Account}/p/catalogue/filters/catalogue", page => page.WaitForSelectorAsync("[data-trial]")),
        new("filter-delete", portal => $"/o/{portal.Account}/p/catalogue/filters/catalogue", async page =>
        {
            await page.ClickAsync("[aria-label='More actions']");
            await OpenDialogAsync(page, ":popover-open >> text=Delete filter");
        }),
        new("filters-empty", portal => $"/o/{portal.Account}/p/empty/filters"),
        new("batch", portal => $"/o/{portal.Account}/p/catalogue/batch"),
        new("batch-output", portal => $"/o/{portal.Account}/p/catalogue/batch", async page =>
        {
            await OpenDialogAsync(page, "[data-job=catalogue] button");
            await page.WaitForSelectorAsync("dialog[open] pre");
        }),
        new("batch-new", portal => $"/o/{portal.Account}/p/catalogue/batch/new", page => page.WaitForSelectorAsync("[data-ready=yes]")),
        new("batch-new-segments", portal => $"/o/{portal.Account}/p/catalogue/batch/new?kind=segments"),
        new("batch-new-export", portal => $"/o/{portal.Account}/p/catalogue/batch/new?kind=export"),
        new("batch-empty", portal => $"/o/{portal.Account}/p/empty/batch"),
        new("events", portal => $"/o/{portal.Account}/p/catalogue/events", page => page.ClickAsync("text=Send events from a web page")),
        new("events-new", portal => $"/o/{portal.Account}/p/catalogue/events", page => page.ClickAsync("text=New tracker")),
        new("attribution", portal => $"/o/{portal.Account}/p/catalogue/attribution", page => page.WaitForSelectorAsync(".k-chart")),
        new("attribution-new", portal => $"/o/{portal.Account}/p/catalogue/attribution", page => OpenDialogAsync(page, "text=New metric")),
        new("attribution-empty", portal => $"/o/{portal.Account}/p/empty/attribution"),
        new("storefront", portal => $"/o/{portal.Account}/p/catalogue/storefront", page => page.WaitForSelectorAsync(".k-shelf-item")),
        new("operator-tenants", _ => "/operator/tenants"),
        new("operator-tenant-new", _ => "/operator/tenants", page => page.ClickAsync("text=New tenant")),
        new("operator-tenant-quotas", _ => "/operator/tenants", async page =>
        {
            await page.Locator("[aria-label^='Actions of']").First.ClickAsync();
            await OpenDialogAsync(page, ":popover-open >> text=Quotas");
        }),
        new("operator-people", _ => "/operator/people"),
        new("operator-people-link", _ => "/operator/people", async page =>
        {
            await page.ClickAsync($"[aria-label='Actions of {Browsers.Portal.Email}']");
            await OpenDialogAsync(page, ":popover-open >> text=Password link");
        }),
        new("operator-people-suspend", _ => "/operator/people", async page =>
        {
            await page.ClickAsync($"[aria-label='Actions of {Browsers.Portal.Email}']");
            await OpenDialogAsync(page, ":popover-open >> text=Suspend");
        }),
        new("operator-jobs", _ => "/operator/jobs"),
        new("operator-cluster", _ => "/operator/cluster"),
        new("project-settings", portal => $"/o/{portal.Account}/p/catalogue/settings"),
        new("project-delete", portal => $"/o/{portal.Account}/p/catalogue/settings", page => OpenDialogAsync(page, "main button:has-text('Delete the project')")),
        new("keys", portal => $"/o/{portal.Account}/keys"),
        new("keys-menu", portal => $"/o/{portal.Account}/keys", page => page.Locator("[popovertarget^=menu]").First.ClickAsync()),
        new("keys-new", portal => $"/o/{portal.Account}/keys", page => OpenDialogAsync(page, "text=New key")),
        new("applications", portal => $"/o/{portal.Account}/applications"),
        new("applications-new", portal => $"/o/{portal.Account}/applications", async page =>
        {
            await OpenDialogAsync(page, "main >> text=New application");
            await page.CheckAsync("text=For members who sign in with it");
            await page.WaitForSelectorAsync("#application-redirects");
        }),
        new("members", portal => $"/o/{portal.Account}/members"),
        new("members-invite", portal => $"/o/{portal.Account}/members", page => OpenDialogAsync(page, "main >> text=Invite")),
        new("usage", portal => $"/o/{portal.Account}/usage"),
        new("audit", portal => $"/o/{portal.Account}/audit"),
        new("settings", portal => $"/o/{portal.Account}/settings"),
        new("project-empty", portal => $"/o/{portal.Account}/p/empty"),
        new("datasets-empty", portal => $"/o/{portal.Account}/p/empty/datasets"),
        new("insights-empty", portal => $"/o/{portal.Account}/p/empty/insights"),
        new("project-missing", portal => $"/o/{portal.Account}/p/nothing-of-this-name/datasets"),
        new("security", _ => "/account/security"),
        new("sign-in", _ => "/account/sign-in"),
        new("sign-up", _ => "/account/sign-up"),
        new("forgot-password", _ => "/account/forgot-password"),
        new("not-found", _ => "/nowhere"),
    ];

    public static PageView Find(string name) => All.Single(view => view.Name == name);

    private static async Task OpenDialogAsync(IPage page, string button)
    {
        await page.ClickAsync(button);
        await page.WaitForSelectorAsync("dialog[open] .k-modal-body");
    }

    private static async Task OpenSwitcherAsync(IPage page)
    {
        var menu = page.Locator("button[popovertarget=nav]");
        if (await menu.IsVisibleAsync()) await menu.ClickAsync();
        await page.ClickAsync(".k-project-button");
    }
}
