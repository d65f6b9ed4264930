using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Organisations;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Kindred.Portal.Components.Layout;

/// <summary>The frame of every page: navigation, project switcher, top bar. Plain HTML, so that it is whole before a circuit is.</summary>
public sealed partial class PortalLayout(NavigationManager navigation, TenantSession session)
{
    private const int MostProjects = 100;
    private const int MostOrganisations = 20;
    private static readonly string Version = typeof(PortalLayout).Assembly.GetName().Version!.ToString(2);
    private PortalPlace _place = new(null, null, "");
    private string? _projectsOf;
    private IReadOnlyList<Membership> _organisations = [];
    private IReadOnlyList<string> _projects = [];
    private bool _isOperator;
    private ErrorBoundary? _boundary;

    private string Here => navigation.Uri.Split('#')[0];

    private string OrganisationName => _organisations.FirstOrDefault(o => o.Account == _place.Account)?.Name ?? _place.Account ?? "Kindred";

    private IEnumerable<(NavigationSection Section, string? Project)> Sections =>
        (_place.Project is null ? [] : PortalNavigation.OfProject.Select(section => (section, (string?)_place.Project)))
        .Concat(PortalNavigation.OfOrganisation.Select(section => (section, (string?)null)));

    public void Dispose() => navigation.LocationChanged -= OnMoved;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += OnMoved;
        await FollowAsync();
    }

    private async Task FollowAsync()
    {
        _place = PortalPlace.Of(navigation.ToBaseRelativePath(navigation.Uri));
        try
        {
            if (_organisations.Count == 0)
            {
                _organisations = await session.ListMembershipsAsync();
                _isOperator = await session.FindOperatorAsync() is not null;
            }
            // A project that was made or deleted meanwhile shows up when somebody goes to another page.
            if (_place.Account is { } account && (_projectsOf != account || _place.Project is null || !_projects.Contains(_place.Project)))
            {
                var answer = await session.CallAsync<ListDatasetGroupsRequest, ListDatasetGroupsResponse>(
                    account, new ListDatasetGroupsRequest { MaxResults = MostProjects });
                _projects = [.. (answer.DatasetGroups ?? []).Select(g => g.Name ?? "").Order(StringComparer.OrdinalIgnoreCase)];
                _projectsOf = account;
            }
        }
        catch (RefusedException)
        {
            (_projects, _projectsOf) = ([], null); // the page says what was refused
        }
    }

    private void OnMoved(object? sender, LocationChangedEventArgs e)
    {
        _boundary?.Recover();
        _ = InvokeAsync(async () =>
        {
            await FollowAsync();
            StateHasChanged();
        });
    }

    private static string Initial(string? name) => string.IsNullOrEmpty(name) ? "?" : char.ConvertFromUtf32(char.ConvertToUtf32(name, 0)).ToUpperInvariant();
}
