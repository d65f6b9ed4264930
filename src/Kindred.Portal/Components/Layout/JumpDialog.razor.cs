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
        var group = Arn.DatasetGroup(session.Region, account, project).ToString();
        try
        {
            var solutions = await session.CallAsync<ListSolutionsRequest, ListSolutionsResponse>(account, new() { DatasetGroupArn = group });
            var found = new List<Target>();
            foreach (var solution in solutions.Solutions ?? [])
            {
                found.Add(new(solution.Name!, "Solution", Links.To(account, project, $"solutions/{solution.Name}"), Glyph.BrainCircuit));
                var campaigns = await session.CallAsync<ListCampaignsRequest, ListCampaignsResponse>(account, new() { SolutionArn = solution.SolutionArn });
                found.AddRange((campaigns.Campaigns ?? []).Select(c =>
                    new Target(c.Name!, "Campaign", Links.To(account, project, $"campaigns/{c.Name}"), Glyph.Rocket)));
            }
            var recommenders = await session.CallAsync<ListRecommendersRequest, ListRecommendersResponse>(account, new() { DatasetGroupArn = group });
            found.AddRange((recommenders.Recommenders ?? []).Select(r =>
                new Target(r.Name!, "Recommender", Links.To(account, project, $"recommenders/{r.Name}"), Glyph.Sparkles)));
            var filters = await session.CallAsync<ListFiltersRequest, ListFiltersResponse>(account, new() { DatasetGroupArn = group });
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
