using Orleans.Concurrency;

namespace Kindred.Contracts.Datasets;

/// <summary>A dataset group: the wall around one application's data. Key: its ARN.</summary>
[Alias("Kindred.IDatasetGroupGrain")]
public interface IDatasetGroupGrain : IGrainWithStringKey
{
    /// <returns>The published data of the group's datasets, or null if there is no such group.</returns>
    [ReadOnly, Alias("GetDataAsync")]
    Task<GroupData?> GetDataAsync(CancellationToken cancellationToken);
}
