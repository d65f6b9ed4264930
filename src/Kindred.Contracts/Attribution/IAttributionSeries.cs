using Kindred.Contracts.Arns;

namespace Kindred.Contracts.Attribution;

/// <summary>
/// The values of metric attributions over time, and how far in the event log each has come. Both move in one step, so that an event
/// counts once however often it is read.
/// </summary>
public interface IAttributionSeries
{
    /// <summary>Begins anew: nothing is counted yet, and events below <paramref name="from"/> never are.</summary>
    Task BeginAsync(Arn attribution, long from);

    /// <returns>The log position up to which events are counted; null when it never began.</returns>
    Task<long?> FindThroughAsync(Arn attribution);

    /// <summary>Adds what the events from one position up to another came to, and forgets quarters that are older than <paramref name="oldest"/>.</summary>
    /// <returns>False when it has come to another position than <paramref name="from"/> meanwhile; nothing was added.</returns>
    Task<bool> AddAsync(Arn attribution, long from, long through, IReadOnlyCollection<AttributedValue> values, DateTimeOffset oldest);

    /// <summary>What events have been attributed to so far.</summary>
    Task<IReadOnlyList<string>> ListSourcesAsync(Arn attribution);

    /// <returns>The values of quarters that begin from one moment up to another, in order of time.</returns>
    Task<IReadOnlyList<AttributedValue>> ReadAsync(Arn attribution, DateTimeOffset from, DateTimeOffset until);

    /// <summary>Forgets everything.</summary>
    Task DeleteAsync(Arn attribution);
}
