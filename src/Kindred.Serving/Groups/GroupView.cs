using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Serving.Caching;
using Kindred.Serving.Histories;
using Kindred.Serving.Records;
using Kindred.Storage.Datasets;
using Kindred.Storage.Events;
using Kindred.Storage.Schemas;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Groups;

/// <summary>
/// One publication of a dataset group's data, held open: its snapshots, and the group's live records, of which those
/// below the publication's positions are in the snapshots.
/// </summary>
internal sealed class GroupView : IDisposable
{
    private readonly BorrowedSnapshots _snapshots;
    private readonly Dictionary<Arn, ParsedSchema> _schemas;
    private readonly HashSet<string> _eventTypes;

    public GroupView(GroupData data, BorrowedSnapshots snapshots, LiveData live)
    {
        (Data, _snapshots, Live) = (data, snapshots, live);
        _eventTypes = History?.EventTypes.ToHashSet(StringComparer.Ordinal) ?? [];
        EventsFrom = data.Find(DatasetTypes.Interactions)?.CompactedThrough ?? 0;
        ActionEventsFrom = data.Find(DatasetTypes.ActionInteractions)?.CompactedThrough ?? long.MaxValue; // without the dataset nothing can be put
        _schemas = data.Datasets.ToDictionary(static dataset => dataset.DatasetArn, static dataset => ParsedSchema.Parse(dataset.Schema));
        Items = Records(DatasetTypes.Items, snapshots.Items, live.Items);
        Users = Records(DatasetTypes.Users, snapshots.Users, live.Users);
        Actions = Records(DatasetTypes.Actions, snapshots.Actions, live.Actions);
    }

    public Arn DatasetGroup => Data.DatasetGroupArn;
    public GroupData Data { get; }
    public LiveData Live { get; }
    public RecentEvents Recent => Live.Events;

    /// <summary>Whether one more event type would be too many: it is not among the group's, and they are as many as there may be.</summary>
    public bool IsTypeTooMany(string eventType) =>
        !_eventTypes.Contains(eventType) && !Recent.HasEventType(eventType)
        && _eventTypes.Count + Recent.EventTypeCount >= DataLimits.EventTypes;

    /// <summary><see cref="DatasetData.Deletions"/> of the interactions.</summary>
    public long Deletions => Data.Find(DatasetTypes.Interactions)?.Deletions ?? 0;

    /// <summary><see cref="DatasetData.Deletions"/> of the action interactions.</summary>
    public long ActionDeletions => Data.Find(DatasetTypes.ActionInteractions)?.Deletions ?? 0;

    public UserHistory? History => _snapshots.History?.Value;
    /// <summary>Events at or above this log position are not in <see cref="History"/>.</summary>
    public long EventsFrom { get; }
    public DatasetRecords Items { get; }
    public DatasetRecords Users { get; }
    public DatasetRecords Actions { get; }
    /// <summary>What users did about actions, which are its items.</summary>
    public UserHistory? ActionHistory => _snapshots.ActionHistory?.Value;
    /// <summary>Action interactions at or above this log position are not in <see cref="ActionHistory"/>.</summary>
    public long ActionEventsFrom { get; }

    /// <summary>Records at or above this log position may be missing from a snapshot.</summary>
    public long ReplayFrom => new[] { EventsFrom, Items.LiveFrom, Users.LiveFrom, Actions.LiveFrom, ActionEventsFrom }.Min();

    /// <summary>
    /// Whether a record of the log is in a snapshot. Where there is no dataset for it, none is: one may be made while the group is open.
    /// </summary>
    public bool Covers(long position, StreamedRecord record) => record switch
    {
        StreamedEvent => position < EventsFrom,
        StreamedItem => IsBelow(position, Items.LiveFrom),
        StreamedUser => IsBelow(position, Users.LiveFrom),
        StreamedAction => IsBelow(position, Actions.LiveFrom),
        StreamedActionInteraction => IsBelow(position, ActionEventsFrom),
        _ => false,
    };

    /// <returns>The dataset's schema, or null when the group has no such dataset.</returns>
    public ParsedSchema? SchemaOf(Arn dataset) => _schemas.GetValueOrDefault(dataset);

    public void Dispose() => _snapshots.Dispose();

    private static bool IsBelow(long position, long from) => from != long.MaxValue && position < from;

    private DatasetRecords Records(string datasetType, Borrowed<ItemCatalog>? catalog, LiveRecords live) =>
        Data.Find(datasetType) is { } dataset
            ? new DatasetRecords(_schemas[dataset.DatasetArn], catalog?.Value, live, dataset.CompactedThrough)
            : new DatasetRecords(null, catalog?.Value, live, long.MaxValue); // without the dataset nothing can be put
}
