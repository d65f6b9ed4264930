using Kindred.Contracts.Protocol;
using Orleans.Concurrency;

namespace Kindred.Contracts.Solutions;

/// <summary>A trained, or still training, model of a solution. Key: its ARN.</summary>
[Alias("Kindred.ISolutionVersionGrain")]
public interface ISolutionVersionGrain : IGrainWithStringKey
{
    /// <returns>The solution version, or null if there is none.</returns>
    [ReadOnly, Alias("DescribeAsync")]
    Task<SolutionVersion?> DescribeAsync(CancellationToken cancellationToken);

    /// <returns>What the version remembers, its metrics among it, or null if there is no such version.</returns>
    [ReadOnly, Alias("FindStateAsync")]
    Task<SolutionVersionState?> FindStateAsync(CancellationToken cancellationToken);
}
