using Kindred.Contracts.Protocol;
using Kindred.Portal.Sessions;

namespace Kindred.Portal.Components.Pages.Projects;

/// <summary>The organisation's projects, which are its dataset groups.</summary>
public sealed partial class ProjectsPage
{
    private const int MostShown = 1_000;
    private const int PageSize = 100;
    private const int MostWithoutFilter = 20;
    private static readonly string[] Usual = ["staging", "live"];
    private IReadOnlyList<DatasetGroupSummary>? _projects;
    private bool _isNaming;
    private bool _isBusy;
    private string _name = "";
    private ProjectDomain _domain = ProjectDomain.All[0];
    private string _filter = "";
    private string? _fault;

    protected override bool IsLive => _projects?.Any(p => p.Status is not ("ACTIVE" or "CREATE FAILED")) ?? false;

    protected override async Task LoadAsync()
    {
        var (projects, token) = (new List<DatasetGroupSummary>(), (string?)null);
        do
        {
            var answer = await CallAsync<ListDatasetGroupsRequest, ListDatasetGroupsResponse>(new() { MaxResults = PageSize, NextToken = token });
            projects.AddRange(answer.DatasetGroups ?? []);
            token = answer.NextToken;
        }
        while (token is not null && projects.Count < MostShown);
        _projects = [.. projects.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private IEnumerable<DatasetGroupSummary> Shown =>
        _projects!.Where(p => _filter.Length == 0 || (p.Name ?? "").Contains(_filter, StringComparison.OrdinalIgnoreCase));

    private async Task StartAsync()
    {
        _isBusy = true;
        // What is there already, from a click that was interrupted, is left as it is.
        var done = await TryAsync(async () =>
        {
            foreach (var name in Usual)
            {
                if (_projects!.All(p => p.Name != name)) await MakeAsync(name);
            }
        });
        _isBusy = false;
        if (done) Navigation.NavigateTo(Links.To(Account, "staging"));
    }

    private async Task CreateAsync()
    {
        _isBusy = true;
        var done = await TryAsync(() => MakeAsync(_name.Trim(), _domain.Value));
        _isBusy = false;
        (_fault, Refusal) = (Refusal, null);
        if (!done) return;
        _isNaming = false;
        Navigation.NavigateTo(Links.To(Account, _name.Trim()));
    }

    private Task<CreateDatasetGroupResponse> MakeAsync(string name, string? domain = null) =>
        CallAsync<CreateDatasetGroupRequest, CreateDatasetGroupResponse>(new() { Name = name, Domain = domain });
}
