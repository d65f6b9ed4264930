using Kindred.Portal.Controls;

namespace Kindred.Portal.Components.Layout;

/// <summary>One page in the navigation.</summary>
/// <param name="Page">Its part of the address; empty for the overview.</param>
public sealed record NavigationPage(string Page, string Title, string Glyph);

public sealed record NavigationSection(string Id, string Title, IReadOnlyList<NavigationPage> Pages);

/// <summary>Every page that the navigation and the jump dialog lead to. A new page takes a line here.</summary>
public static class PortalNavigation
{
    public static IReadOnlyList<NavigationSection> OfProject { get; } =
    [
        new("build", "Build",
        [
            new("", "Overview", Glyph.House),
            new("datasets", "Datasets", Glyph.Database),
            new("solutions", "Solutions", Glyph.BrainCircuit),
            new("campaigns", "Campaigns", Glyph.Rocket),
            new("recommenders", "Recommenders", Glyph.Sparkles),
            new("filters", "Filters", Glyph.ListFilter),
            new("batch", "Batch jobs", Glyph.FileText),
        ]),
        new("watch", "Watch",
        [
            new("events", "Events", Glyph.Radio),
            new("attribution", "Results", Glyph.Star),
            new("storefront", "Storefront", Glyph.ShoppingBag),
            new("insights", "Insights", Glyph.Activity),
            new("settings", "Project settings", Glyph.Settings),
        ]),
    ];

    /// <summary>For whoever operates the deployment; below <c>operator/</c>.</summary>
    public static NavigationSection OfOperator { get; } = new("operator", "Operator",
    [
        new("tenants", "Tenants", Glyph.Building2),
        new("people", "People", Glyph.Users),
        new("jobs", "Jobs", Glyph.Layers),
        new("cluster", "Cluster", Glyph.Server),
    ]);

    public static IReadOnlyList<NavigationSection> OfOrganisation { get; } =
    [
        new("manage", "Organisation",
        [
            new("", "Projects", Glyph.Folder),
            new("keys", "Keys", Glyph.KeyRound),
            new("applications", "Applications", Glyph.Plug),
            new("members", "Members", Glyph.Users),
            new("usage", "Usage", Glyph.Gauge),
            new("audit", "Audit log", Glyph.ScrollText),
            new("settings", "Settings", Glyph.Settings),
        ]),
    ];
}
