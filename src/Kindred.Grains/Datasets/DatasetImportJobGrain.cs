using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

[GrainType("dataset-import-job")]
internal sealed class DatasetImportJobGrain([PersistentState("state", "Default")] IPersistentState<DatasetImportJobState> state, TimeProvider clock)
    : ResourceGrain<DatasetImportJobState>(state), IDatasetImportJobGrain, IDatasetImportJobResource
{
    public Task<DatasetImportJob?> DescribeAsync(CancellationToken cancellationToken) => Task.FromResult(Current?.ImportJob);

    public async Task<bool> BeginAsync()
    {
        if (!ResourceStatus.IsUnfinished(Current?.ImportJob?.Status)) return false;
        await MoveAsync(ResourceStatus.CreateInProgress);
        return true;
    }

    public Task CompleteAsync(ImportPublication published) => ChangeAsync(current => current with
    {
        ImportJob = Moved(current, ResourceStatus.Active),
        GoodRows = published.GoodRows, BadRows = published.BadRows, QuarantinePath = published.QuarantinePath,
    });

    public Task FailAsync(string reason) => MoveAsync(ResourceStatus.CreateFailed, reason);

    protected override DatasetImportJobState WithOrigin(DatasetImportJobState current, ResourceOrigin origin) => current with { Origin = origin };

    private Task<DatasetImportJobState> MoveAsync(string status, string? reason = null) =>
        ChangeAsync(current => current.ImportJob!.Status == status ? current : current with { ImportJob = Moved(current, status, reason) });

    private DatasetImportJob Moved(DatasetImportJobState current, string status, string? reason = null) =>
        current.ImportJob! with { Status = status, FailureReason = reason, LastUpdatedDateTime = clock.GetUtcNow() };
}
