using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Datasets;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

[GrainType("dataset-group")]
internal sealed class DatasetGroupGrain(
    [PersistentState("state", "Default")] IPersistentState<DatasetGroupState> state,
    Inventory inventory, IChangeFeed feed, TimeProvider clock)
    : ResourceGrain<DatasetGroupState>(state), IDatasetGroupGrain, IDatasetGroupResource
{
    public async Task<GroupData?> GetDataAsync(CancellationToken cancellationToken)
    {
        // One that is on its way out shows nothing any more: its log and files go before it does.
        if (Current is not { } current || current.Status is ResourceStatus.DeleteInProgress) return null;
        var datasets = await inventory.InAsync<DatasetState>(Arn);
        return new GroupData
        {
            DatasetGroupArn = Arn, Datasets = datasets.Select(dataset => dataset.Data).ToArray(),
            Number = current.Number, MadeAs = current.MadeAs,
        };
    }

    public override async Task CreateAsync(DatasetGroupState created)
    {
        var number = NextNumber(0);
        await base.CreateAsync(created with { Number = number, MadeAs = number });
        Say(number);
    }

    public async Task DataChangedAsync()
    {
        if (Current is null) return;
        Say((await ChangeAsync(current => current with { Number = NextNumber(current.Number) })).Number);
    }

    public override async Task DeleteAsync()
    {
        var number = NextNumber(Current?.Number ?? 0);
        await base.DeleteAsync();
        Say(number);
    }

    public async Task BeginDeleteAsync()
    {
        var next = await ChangeAsync(current => current with
        {
            DatasetGroup = current.DatasetGroup with { Status = ResourceStatus.DeleteInProgress, UpdatedAt = clock.GetUtcNow() },
            Number = NextNumber(current.Number),
        });
        Say(next.Number);
    }

    private long NextNumber(long number) => ChangeNumber.Next(number, clock.GetUtcNow());

    private void Say(long number) => feed.Publish(new Change(ChangedSubject.DatasetGroup, this.GetPrimaryKeyString(), number));
}
