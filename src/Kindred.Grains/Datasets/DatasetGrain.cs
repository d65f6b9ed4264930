using Kindred.Contracts.Changes;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Events;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

/// <summary>Owns a dataset's manifest. Whatever changes it is told to the group, of whose data it is a part.</summary>
[GrainType("dataset")]
internal sealed class DatasetGrain([PersistentState("state", "Default")] IPersistentState<DatasetState> state, IChangeFeed feed, TimeProvider clock)
    : ResourceGrain<DatasetState>(state), IDatasetResource
{
    public override async Task CreateAsync(DatasetState created)
    {
        await base.CreateAsync(created);
        await TellGroupAsync();
        SayTracker(created.Dataset, created.Dataset.CreatedAt.UtcTicks);
    }

    public async Task<DatasetData?> PublishImportAsync(ImportPublication publication)
    {
        var before = Current?.Data;
        if (before is null) return null;
        await ChangeAsync(current => DatasetRules.PublishImport(current, publication, clock.GetUtcNow()));
        await TellGroupAsync(); // also of one that an earlier attempt wrote, and then died
        return before;
    }

    public async Task<DatasetData?> PublishCompactionAsync(CompactionPublication publication)
    {
        if (Current is not { } before) return null;
        var after = await ChangeAsync(current => DatasetRules.PublishCompaction(current, publication));
        if (ReferenceEquals(before, after)) return null;
        await TellGroupAsync();
        return before.Data;
    }

    public async Task<bool> PublishDeletionAsync(DeletionPublication publication)
    {
        if (Current is null) return true;
        var after = await ChangeAsync(current => DatasetRules.PublishDeletion(current, publication));
        if (!DatasetRules.HasDeletion(after, publication.Deletion.JobArn)) return false;
        await TellGroupAsync(); // also of one that an earlier attempt wrote, and then died
        return true;
    }

    public async Task ChangeSchemaAsync(Contracts.Arns.Arn schemaArn, string document)
    {
        await ChangeAsync(current => DatasetRules.ChangeSchema(current, schemaArn, document, clock.GetUtcNow()));
        await TellGroupAsync();
    }

    public override async Task DeleteAsync()
    {
        var gone = Current?.Dataset;
        await base.DeleteAsync();
        await TellGroupAsync();
        if (gone is not null) SayTracker(gone, ChangeNumber.Next(gone.CreatedAt.UtcTicks, clock.GetUtcNow()));
    }

    /// <summary>A tracking id means the same for the life of its dataset, so the time in which that was made is its number.</summary>
    private void SayTracker(DatasetRecord dataset, long number)
    {
        if (dataset.TrackingId is not { } tracking) return;
        feed.Publish(new Change(ChangedSubject.EventTracker, new TrackerKey(Arn.Region, Arn.Account, tracking).ToString(), number));
    }

    private Task TellGroupAsync()
    {
        var group = Contracts.Arns.Arn.DatasetGroup(Arn.Region, Arn.Account, Arn.Parent);
        return GrainFactory.GetGrain<IDatasetGroupResource>(group.ToString()).DataChangedAsync();
    }
}
