using Kindred.Contracts.Protocol;
using Orleans.Concurrency;

namespace Kindred.Contracts.Datasets;

/// <summary>One bulk import. Key: its ARN.</summary>
[Alias("Kindred.IDatasetImportJobGrain")]
public interface IDatasetImportJobGrain : IGrainWithStringKey
{
    /// <returns>The import job, or null if there is none.</returns>
    [ReadOnly, Alias("DescribeAsync")]
    Task<DatasetImportJob?> DescribeAsync(CancellationToken cancellationToken);
}
