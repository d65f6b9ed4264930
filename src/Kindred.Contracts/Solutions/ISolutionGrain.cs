using Kindred.Contracts.Protocol;
using Orleans.Concurrency;

namespace Kindred.Contracts.Solutions;

/// <summary>A recipe with its configuration, to be trained on one dataset group. Key: its ARN.</summary>
[Alias("Kindred.ISolutionGrain")]
public interface ISolutionGrain : IGrainWithStringKey
{
    /// <returns>The solution, or null if there is none.</returns>
    [ReadOnly, Alias("DescribeAsync")]
    Task<Solution?> DescribeAsync(CancellationToken cancellationToken);
}
