using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

[GrainType("dataset-group")]
internal sealed class DatasetGroupGrain([PersistentState("state", "Default")] IPersistentState<DatasetGroupState> state, Inventory inventory, TimeProvider clock)
    : ResourceGrain<DatasetGroupState>(state), IDatasetGroupGrain, IDatasetGroupResource
{
    public Task<DatasetGroup?> DescribeAsync(CancellationToken cancellationToken) => Task.FromResult(Current?.DatasetGroup);

    public async Task<GroupData?> GetDataAsync(CancellationToken cancellationToken)
    {
        if (Current is null) return null;
        var datasets = await inventory.DatasetsAsync(Arn);
        return new GroupData { DatasetGroupArn = Arn, Datasets = datasets.Select(dataset => dataset.Data!).ToArray() };
    }

    public Task BeginDeleteAsync() => ChangeAsync(current => current with
    {
        DatasetGroup = current.DatasetGroup! with { Status = ResourceStatus.DeleteInProgress, LastUpdatedDateTime = clock.GetUtcNow() },
    });

    protected override DatasetGroupState WithOrigin(DatasetGroupState current, ResourceOrigin origin) => current with { Origin = origin };
}
