using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Deletions;

[GrainType("data-deletion-job")]
internal sealed class DataDeletionJobGrain([PersistentState("state", "Default")] IPersistentState<DataDeletionJobState> state, TimeProvider clock)
    : ResourceGrain<DataDeletionJobState>(state), IDataDeletionJobResource
{
    public async Task<bool> BeginAsync(long eventsBefore)
    {
        if (!ResourceStatus.IsUnfinished(Current?.Status)) return false;
        await ChangeAsync(current => current.EventsBefore is not null ? current : current with
        {
            DeletionJob = Moved(current, ResourceStatus.InProgress), EventsBefore = eventsBefore,
        });
        return true;
    }

    public Task RemovedAsync(DeletionReceipt receipt) => ChangeAsync(current => current with { Receipt = receipt });

    public Task CompleteAsync() => MoveAsync(ResourceStatus.Completed);

    public Task FailAsync(string reason) => MoveAsync(ResourceStatus.Failed, reason);

    private Task<DataDeletionJobState> MoveAsync(string status, string? reason = null) =>
        ChangeAsync(current => current.Status == status ? current : current with { DeletionJob = Moved(current, status, reason) });

    private DeletionJobRecord Moved(DataDeletionJobState current, string status, string? reason = null) =>
        current.DeletionJob with { Status = status, FailureReason = reason, UpdatedAt = clock.GetUtcNow() };
}
