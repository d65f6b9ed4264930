using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

[GrainType("dataset")]
internal sealed class DatasetGrain([PersistentState("state", "Default")] IPersistentState<DatasetState> state, TimeProvider clock)
    : ResourceGrain<DatasetState>(state), IDatasetGrain, IDatasetResource
{
    public Task<Dataset?> DescribeAsync(CancellationToken cancellationToken) => Task.FromResult(Current?.Dataset);

    public Task<DatasetData?> GetDataAsync(CancellationToken cancellationToken) => Task.FromResult(Current?.Data);

    public async Task<DatasetData?> PublishImportAsync(ImportPublication publication)
    {
        var before = Current?.Data;
        if (before is not null) await ChangeAsync(current => DatasetRules.PublishImport(current, publication, clock.GetUtcNow()));
        return before;
    }

    public async Task<DatasetData?> PublishCompactionAsync(CompactionPublication publication)
    {
        if (Current is not { } before) return null;
        var after = await ChangeAsync(current => DatasetRules.PublishCompaction(current, publication));
        return ReferenceEquals(before, after) ? null : before.Data;
    }

    protected override DatasetState WithOrigin(DatasetState current, ResourceOrigin origin) => current with { Origin = origin };
}
