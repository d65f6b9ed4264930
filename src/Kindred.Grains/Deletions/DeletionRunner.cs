using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Datasets;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Serving.Attribution;
using Kindred.Storage;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Datasets;
using Kindred.Storage.Deletion;
using Kindred.Storage.Events;
using Kindred.Storage.Import;
using Kindred.Storage.Objects;

namespace Kindred.Grains.Deletions;

/// <summary>
/// Makes a group's datasets without the users of a data deletion job; and, once those are published, removes every file that still holds
/// the users.
/// </summary>
internal sealed class DeletionRunner(
    IGrainFactory grains, ObjectStore objects, IEventLog events, IArtifactStore artifacts, DataFiles files, AttributionCounter attributions,
    StorageOptions storage) : IJobRunner
{
    public JobKind Kind => JobKind.DeleteData;

    public async Task<JobResult> RunAsync(JobRun run)
    {
        var state = await grains.ExpectAsync<DataDeletionJobState>(run.Resource);
        var group = state.DeletionJob.DatasetGroupArn;
        if (await grains.GetGrain<IDatasetGroupGrain>(group.ToString()).GetDataAsync(run.CancellationToken) is not { } data)
            throw Refuse.NotFound(group);
        return state.Receipt is null ? await RemoveAsync(run, state, data) : await CleanAsync(run, state, data);
    }

    /// <summary>A part of it may have been published: what the manifests name stays.</summary>
    public async Task DiscardAsync(Arn resource, JobResult result)
    {
        if (result is not DeletionResult deletion) return;
        foreach (var publication in deletion.Publications)
        {
            var dataset = await grains.FindAsync<DatasetState>(publication.Data.DatasetArn);
            var named = dataset is null ? [] : DatasetRules.FilesOf(dataset.Data).ToArray();
            var arn = publication.Data.DatasetArn;
            files.DeleteWhenUnread(Arn.DatasetGroup(arn.Region, arn.Account, arn.Parent), publication.Files.Except(named));
        }
    }

    private async Task<DeletionResult> RemoveAsync(JobRun run, DataDeletionJobState state, GroupData group)
    {
        run.Report(0, "reading the list of users");
        var users = await ReadListAsync(run, state.DeletionJob);
        var through = state.EventsBefore ?? 0;
        using var reading = files.Read(group.DatasetGroupArn);
        var logRecords = await CountAsync(group, users, through, run.CancellationToken);
        var publications = new List<DeletionPublication>();
        for (var i = 0; i < group.Datasets.Count; i++)
        {
            var data = group.Datasets[i];
            run.Report(0.1 + (0.8 * i / group.Datasets.Count), $"removing {users.Count:N0} users from {data.DatasetType.ToLowerInvariant()}");
            // An earlier attempt published it, and died before it could say so.
            if (DatasetRules.HasDeletion(await grains.ExpectAsync<DatasetState>(data.DatasetArn), run.Resource.ToString())) continue;
            publications.Add(await RemoveAsync(run, group, data, users, through));
        }
        run.Report(0.9, "removing refused rows");
        var refused = await RefusedRowsDeletion.RunAsync(artifacts, group.DatasetGroupArn, users, run.CancellationToken);
        return new DeletionResult(users.Count, publications, logRecords, refused);
    }

    private async Task<DeletionPublication> RemoveAsync(JobRun run, GroupData group, DatasetData data, DeletedUsers users, long through)
    {
        users.ForgetFound();
        var (next, rows) = await UserDeletion.RunAsync(
            artifacts, group, data, events, through, users, storage.ImportMemoryBytes, run.CancellationToken);
        return new DeletionPublication
        {
            Data = next,
            Deletion = new DatasetDeletion
            {
                JobArn = run.Resource.ToString(), DatasetType = data.DatasetType, Users = users.Found,
                // Of several rows of one user only the newest counts as a record.
                Rows = DatasetKinds.Of(data.DatasetType).RecordId is null ? rows : users.Found,
                Replaced = [.. DatasetRules.FilesOf(data).Except(DatasetRules.FilesOf(next))],
            },
        };
    }

    private async Task<DeletedUsers> ReadListAsync(JobRun run, DeletionJobRecord job)
    {
        var (account, location) = (job.Arn.Account, job.Source.Location);
        var found = await objects.ListBelowAsync(account, location, run.CancellationToken);
        var sources = location.EndsWith('/') ? [.. found.Where(file => file.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))] : found;
        if (sources.Count == 0) throw Refuse.Invalid($"Invalid Data location. No file below '{location}' ends with .csv.");
        if (sources.Sum(file => file.SizeBytes) > DeletionList.MaxBytes) throw DeletionList.TooLarge();
        return await DeletionList.ReadAsync(
            [.. sources.Select(file => new CsvSource(file.Name, cancellation => objects.OpenReadAsync(account, file, cancellation)))],
            run.CancellationToken);
    }

    /// <summary>Records of the users that lie in the log and in no dataset yet.</summary>
    private async Task<long> CountAsync(GroupData group, DeletedUsers users, long through, CancellationToken cancellationToken)
    {
        var from = group.Datasets.Select(dataset => dataset.CompactedThrough).DefaultIfEmpty(0).Min();
        var count = 0L;
        if (from >= through) return count;
        await events.ReadAsync(group.DatasetGroupArn, from, (position, record) =>
        {
            if (position < through && users.Contains(UserOf(record))) count++;
        }, cancellationToken);
        return count;
    }

    private static string? UserOf(StreamedRecord record) => record switch
    {
        StreamedEvent e => e.UserId ?? e.SessionId,
        StreamedActionInteraction { Event: var e } => e.UserId ?? e.SessionId,
        StreamedUser user => user.UserId,
        _ => null,
    };

    /// <summary>Nobody reads what was replaced any more, and then it is gone. Whatever of it is gone already is no matter.</summary>
    private async Task<JobResult> CleanAsync(JobRun run, DataDeletionJobState state, GroupData group)
    {
        run.Report(0.95, "waiting for readers of the replaced files");
        await files.UnreadAsync(group.DatasetGroupArn, run.CancellationToken);
        foreach (var name in state.Receipt!.Datasets.SelectMany(dataset => dataset.Replaced))
        {
            await artifacts.DeleteAsync(name, run.CancellationToken);
            await artifacts.WaitGoneAsync(name, run.CancellationToken);
        }
        var compacted = group.Datasets.Select(dataset => dataset.CompactedThrough).DefaultIfEmpty(long.MaxValue).Min();
        var position = Math.Min(state.EventsBefore ?? 0, compacted);
        await attributions.CountAsync(group.DatasetGroupArn, run.CancellationToken, position); // numbers, which name no user
        await events.DropBelowAsync(group.DatasetGroupArn, position, run.CancellationToken);
        return new DeletionCleanedResult();
    }
}
