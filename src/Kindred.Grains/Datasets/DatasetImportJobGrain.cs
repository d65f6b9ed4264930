using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

[GrainType("dataset-import-job")]
internal sealed class DatasetImportJobGrain([PersistentState("state", "Default")] IPersistentState<DatasetImportJobState> state, TimeProvider clock)
    : ResourceGrain<DatasetImportJobState>(state), IDatasetImportJobResource
{
    public async Task<bool> BeginAsync()
    {
        if (!ResourceStatus.IsUnfinished(Current?.Status)) return false;
        await MoveAsync(ResourceStatus.CreateInProgress);
        return true;
    }

    public Task CompleteAsync(ImportPublication published) => ChangeAsync(current => current with
    {
        ImportJob = Moved(current, ResourceStatus.Active),
        GoodRows = published.GoodRows, BadRows = published.BadRows, QuarantinePath = published.QuarantinePath,
    });

    public Task FailAsync(string reason) => MoveAsync(ResourceStatus.CreateFailed, reason);

    private Task<DatasetImportJobState> MoveAsync(string status, string? reason = null) =>
        ChangeAsync(current => current.Status == status ? current : current with { ImportJob = Moved(current, status, reason) });

    private ImportJobRecord Moved(DatasetImportJobState current, string status, string? reason = null) =>
        current.ImportJob with { Status = status, FailureReason = reason, UpdatedAt = clock.GetUtcNow() };
}
