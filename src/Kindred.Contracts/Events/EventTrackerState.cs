using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Events;

/// <summary>What an event tracker remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.EventTrackerState")]
public sealed record EventTrackerState : IResourceState
{
    [Id(0)] public EventTracker? Tracker { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>Of the <see cref="ChangedSubject.EventTracker"/>; 0 in what an older release stored.</summary>
    [Id(2)] public long Number { get; init; }
}
