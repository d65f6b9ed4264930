using Kindred.Contracts.Protocol;
using Orleans.Concurrency;

namespace Kindred.Contracts.Events;

/// <summary>Where a dataset group's events come in. Key: its ARN.</summary>
[Alias("Kindred.IEventTrackerGrain")]
public interface IEventTrackerGrain : IGrainWithStringKey
{
    /// <returns>The event tracker, or null if there is none.</returns>
    [ReadOnly, Alias("DescribeAsync")]
    Task<EventTracker?> DescribeAsync(CancellationToken cancellationToken);
}
