using System.Globalization;
using Kindred.Contracts.Protocol;
using Kindred.Operations.Intake;
using Kindred.Operations.Readings;
using Kindred.Portal.FirstModel;
using Kindred.Storage.Deletion;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Deletions;

/// <summary>Forgets users of a project: whom, how far it is, and what was removed.</summary>
public sealed partial class DeletionsPage
{
    private const long MostBytes = DeletionList.MaxBytes;
    private const int MostVersions = 20;
    /// <summary>A role is part of the contract; uploads lie in the tenant's own bucket and need none.</summary>
    private const string UnusedRole = "arn:aws:iam::000000000000:role/not-used";

    private IReadOnlyList<DeletionReading>? _jobs;
    private DeletionReading? _looked;
    private UserList? _list;
    private string _typed = "";
    private string? _done;
    private bool _isFile;
    private bool _isConfirming;
    private bool _isBusy;

    [Inject] private JobReadings Readings { get; set; } = default!;
    [Inject] private DataIntake Intake { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override bool IsLive => _jobs?.Any(IsUnfinished) ?? false;

    private static bool IsUnfinished(DeletionReading job) => job.State.Status is "PENDING" or "IN_PROGRESS";

    protected override async Task LoadAsync() =>
        _jobs = await Session.AsAsync(Account, p => Readings.ListDeletionsAsync(p, ProjectArn, Leaving), Leaving);

    /// <summary>What has ended stays as it is.</summary>
    protected override async Task RefreshAsync() => _jobs = await Task.WhenAll(_jobs!.Select(async job => IsUnfinished(job)
        ? await Session.AsAsync(Account, p => Readings.DescribeDeletionAsync(p, job.State.Arn, Leaving), Leaving)
        : job));

    private Task ReadTypedAsync() =>
        ReadAsync(() => Session.AsAsync(Account, p => Intake.ListUsersAsync(p, Project!, _typed.Split('\n'), Leaving), Leaving));

    private Task ReadFileAsync(string location) =>
        ReadAsync(() => Session.AsAsync(Account, p => Intake.ListUsersAsync(p, location, Leaving), Leaving));

    private async Task ReadAsync(Func<Task<UserList>> read)
    {
        (_isBusy, _done) = (true, null);
        await TryAsync(async () => _list = await read());
        _isBusy = false;
        StateHasChanged();
    }

    private async Task ForgetListAsync()
    {
        _isBusy = true;
        var list = _list!.Location;
        if (await TryAsync(() => Session.AsAsync(Account, p => Intake.DeleteListAsync(p, list, Leaving), Leaving))) _list = null;
        _isBusy = false;
    }

    private async Task CreateAsync()
    {
        _isBusy = true;
        var done = await TryAsync(async () =>
        {
            await CallAsync<CreateDataDeletionJobRequest, CreateDataDeletionJobResponse>(new()
            {
                JobName = ResourceNaming.Deletion(Project!, Clock.GetUtcNow()), DatasetGroupArn = ProjectArn.ToString(),
                DataSource = new() { DataLocation = _list!.Location }, RoleArn = UnusedRole,
            });
            await LoadAsync();
        });
        _isBusy = false;
        if (done) (_isConfirming, _list, _typed) = (false, null, "");
    }

    private async Task DeleteListAsync()
    {
        _isBusy = true;
        var list = _looked!.State.DeletionJob.Source.Location;
        var isGone = false;
        var done = await TryAsync(async () => isGone = !await Session.AsAsync(Account, p => Intake.DeleteListAsync(p, list, Leaving), Leaving));
        _isBusy = false;
        if (done) (_looked, _done) = (null, isGone ? "The list was gone already." : "The list is deleted.");
    }

    private static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";
}
