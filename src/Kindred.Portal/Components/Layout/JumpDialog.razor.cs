using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Portal.Controls;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Layout;

/// <summary>Everything that has a name, one keystroke away.</summary>
public sealed partial class JumpDialog(TenantSession session)
{
    private const int MostShown = 12;
    private string _text = "";
    private IReadOnlyList<Target> _resources = [];
    private (string?, string?) _loaded;

    [Parameter, EditorRequired] public PortalPlace Place { get; set; } = default!;
    [Parameter] public IReadOnlyList<string> Projects { get; set; } = [];

    private sealed record Target(string Title, string Kind, string Address, string Glyph);

    private IEnumerable<Target> Found => All.Where(t => _text.Length == 0
        || t.Title.Contains(_text, StringComparison.OrdinalIgnoreCase) || t.Kind.Contains(_text, StringComparison.OrdinalIgnoreCase)).Take(MostShown);

    private IEnumerable<Target> All =>
        Pages(Place.Project is null ? [] : PortalNavigation.OfProject, Place.Project)
            .Concat(Pages(PortalNavigation.OfOrganisation, null))
            .Concat(Projects.Select(p => new Target(p, "Project", Links.To(Place.Account!, p), Glyph.Folder)))
            .Concat(_resources);

    private IEnumerable<Target> Pages(IEnumerable<NavigationSection> sections, string? project) =>
        sections.SelectMany(s => s.Pages.Select(p => new Target(p.Title, s.Title, Links.To(Place.Account!, project, p.Page), p.Glyph)));

    /// <summary>The project's solutions, campaigns, recommenders and filters, when somebody first looks for something.</summary>
    private async Task LoadAsync()
    {
        if (Place is not { Account: { } account, Project: { } project } || _loaded == (account, project)) return;
        _loaded = (account, project);
        var group = Arn.DatasetGroup(session.Region, account, project);
        try
        {
            var solutions = await session.CallAsync<ListSolutionsRequest, ListSolutionsResponse>(account, new() { DatasetGroupArn = group.ToString() });
            var found = (solutions.Solutions ?? [])
                .Select(s => new Target(s.Name!, "Solution", Links.To(account, project, $"solutions/{s.Name}"), Glyph.BrainCircuit)).ToList();
            found.AddRange((await ProjectEndpoints.ReadAsync(session, group)).Select(endpoint => endpoint.IsRecommender
                ? new Target(endpoint.Name, "Recommender", Links.To(account, project, $"recommenders/{endpoint.Name}"), Glyph.Sparkles)
                : new Target(endpoint.Name, "Campaign", Links.To(account, project, $"campaigns/{endpoint.Name}"), Glyph.Rocket)));
            var filters = await session.CallAsync<ListFiltersRequest, ListFiltersResponse>(account, new() { DatasetGroupArn = group.ToString() });
            found.AddRange((filters.Filters ?? []).Select(f =>
                new Target(f.Name!, "Filter", Links.To(account, project, $"filters/{f.Name}"), Glyph.ListFilter)));
            _resources = found;
        }
        catch (RefusedException)
        {
            _resources = []; // pages can still be jumped to; each says for itself what it may not show
        }
    }
}
