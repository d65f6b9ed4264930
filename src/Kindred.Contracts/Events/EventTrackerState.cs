using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Events;

/// <summary>What an event tracker remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.EventTrackerState")]
public sealed record EventTrackerState : IResourceState<EventTrackerState>
{
    public static ResourceKind<EventTrackerState> Kind { get; } = new()
    {
        Noun = "event tracker", ArnType = ResourceTypes.EventTracker,
        Parent = DatasetGroupState.Kind, ParentOf = state => state.Tracker.DatasetGroupArn,
        Uses =
        [
            new()
            {
                Of = DatasetGroupState.Kind, Holds = (state, group) => state.Tracker.DatasetGroupArn == group,
                Sentence = (state, group) => $"The dataset group {group} has an event tracker: {state.Arn}.",
            },
            new()
            {
                Of = DatasetState.Kind,
                Holds = (state, dataset) => dataset.Name == $"{state.Tracker.DatasetGroupArn.Name}/{DatasetTypes.Interactions}",
                Sentence = (state, dataset) => $"The dataset {dataset} receives the events of the event tracker {state.Arn}.",
            },
        ],
    };

    [Id(0)] public required EventTrackerRecord Tracker { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>Of the <see cref="ChangedSubject.EventTracker"/>; 0 in what an older release stored.</summary>
    [Id(2)] public long Number { get; init; }

    [JsonIgnore] public Arn Arn => Tracker.Arn;
    [JsonIgnore] public string Status => Tracker.Status;
    public EventTrackerState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>Where a dataset group's events come in.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.EventTrackerRecord")]
public sealed record EventTrackerRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("eventTrackerArn")] public required Arn Arn { get; init; }
    [Id(2)] public required string AccountId { get; init; }
    /// <summary>What clients send with their events: a UUID.</summary>
    [Id(3)] public required string TrackingId { get; init; }
    [Id(4)] public required Arn DatasetGroupArn { get; init; }
    [Id(5)] public required string Status { get; init; }
    [Id(6), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(7), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}
