using Kindred.Contracts.Protocol;
using Orleans.Concurrency;

namespace Kindred.Contracts.Datasets;

/// <summary>One type of data of a dataset group, with the manifest of what was imported. Key: its ARN.</summary>
[Alias("Kindred.IDatasetGrain")]
public interface IDatasetGrain : IGrainWithStringKey
{
    /// <returns>The dataset, or null if there is none.</returns>
    [ReadOnly, Alias("DescribeAsync")]
    Task<Dataset?> DescribeAsync(CancellationToken cancellationToken);

    /// <returns>The published data, or null if there is no such dataset.</returns>
    [ReadOnly, Alias("GetDataAsync")]
    Task<DatasetData?> GetDataAsync(CancellationToken cancellationToken);
}
