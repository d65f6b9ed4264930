using Kindred.Contracts.Protocol;
using Kindred.Portal.Sessions;

namespace Kindred.Portal.Components.Pages.Settings;

/// <summary>A project's identity, and its end.</summary>
public sealed partial class ProjectSettingsPage
{
    private DatasetGroup? _group;
    private bool _isDeleting;
    private bool _isBusy;
    private string? _fault;
    private string? _deleting;

    protected override async Task LoadAsync() =>
        _group = (await CallAsync<DescribeDatasetGroupRequest, DescribeDatasetGroupResponse>(new() { DatasetGroupArn = ProjectArn.ToString() })).DatasetGroup;

    private async Task DeleteAsync()
    {
        (_isBusy, _fault) = (true, null);
        var progress = new Progress<string>(step => InvokeAsync(() =>
        {
            _deleting = step;
            StateHasChanged();
        }));
        var done = await TryAsync(() => new ProjectDeletion(Session, Account, ProjectArn).RunAsync(progress, Leaving));
        (_isBusy, _deleting, _fault, Refusal) = (false, null, Refusal, null);
        if (done) Navigation.NavigateTo(Links.To(Account));
    }
}
