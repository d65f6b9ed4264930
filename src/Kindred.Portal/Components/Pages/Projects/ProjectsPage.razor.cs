using Kindred.Contracts.Protocol;
using Kindred.Portal.Sessions;

namespace Kindred.Portal.Components.Pages.Projects;

/// <summary>The organisation's projects, which are its dataset groups.</summary>
public sealed partial class ProjectsPage
{
    private const int MostShown = 100;
    private static readonly string[] Usual = ["staging", "live"];
    private IReadOnlyList<DatasetGroupSummary>? _projects;
    private bool _isNaming;
    private bool _isBusy;
    private string _name = "";
    private string? _fault;

    protected override bool IsLive => _projects?.Any(p => p.Status is not ("ACTIVE" or "CREATE FAILED")) ?? false;

    protected override async Task LoadAsync()
    {
        var answer = await CallAsync<ListDatasetGroupsRequest, ListDatasetGroupsResponse>(new() { MaxResults = MostShown });
        _projects = [.. (answer.DatasetGroups ?? []).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];
    }

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
        var done = await TryAsync(() => MakeAsync(_name.Trim()));
        _isBusy = false;
        (_fault, Refusal) = (Refusal, null);
        if (!done) return;
        _isNaming = false;
        Navigation.NavigateTo(Links.To(Account, _name.Trim()));
    }

    private Task<CreateDatasetGroupResponse> MakeAsync(string name) =>
        CallAsync<CreateDatasetGroupRequest, CreateDatasetGroupResponse>(new() { Name = name });
}
