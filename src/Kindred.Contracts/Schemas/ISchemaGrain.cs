using Kindred.Contracts.Protocol;
using Orleans.Concurrency;

namespace Kindred.Contracts.Schemas;

/// <summary>The columns of a dataset, immutable once made. Key: its ARN.</summary>
[Alias("Kindred.ISchemaGrain")]
public interface ISchemaGrain : IGrainWithStringKey
{
    /// <returns>The schema, or null if there is none.</returns>
    [ReadOnly, Alias("DescribeAsync")]
    Task<DatasetSchema?> DescribeAsync(CancellationToken cancellationToken);
}
