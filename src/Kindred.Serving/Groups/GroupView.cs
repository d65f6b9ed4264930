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
    private readonly Borrowed<UserHistory>? _history;
    private readonly Borrowed<ItemCatalog>? _items;
    private readonly Borrowed<ItemCatalog>? _users;
    private readonly Dictionary<Arn, ParsedSchema> _schemas;
    private readonly HashSet<string> _eventTypes;

    public GroupView(GroupData data, Borrowed<UserHistory>? history, Borrowed<ItemCatalog>? items, Borrowed<ItemCatalog>? users, LiveData live)
    {
        (Data, _history, _items, _users, Live) = (data, history, items, users, live);
        _eventTypes = history?.Value.EventTypes.ToHashSet(StringComparer.Ordinal) ?? [];
        EventsFrom = data.Find(DatasetTypes.Interactions)?.CompactedThrough ?? 0;
        _schemas = data.Datasets.ToDictionary(static dataset => dataset.DatasetArn, static dataset => ParsedSchema.Parse(dataset.Schema));
        Items = Records(DatasetTypes.Items, items, live.Items);
        Users = Records(DatasetTypes.Users, users, live.Users);
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

    public UserHistory? History => _history?.Value;
    /// <summary>Events at or above this log position are not in <see cref="History"/>.</summary>
    public long EventsFrom { get; }
    public DatasetRecords Items { get; }
    public DatasetRecords Users { get; }

    /// <summary>Records at or above this log position may be missing from a snapshot.</summary>
    public long ReplayFrom => Math.Min(EventsFrom, Math.Min(Items.LiveFrom, Users.LiveFrom));

    /// <summary>
    /// Whether a record of the log is in a snapshot. Where there is no dataset for it, none is: one may be made while the group is open.
    /// </summary>
    public bool Covers(long position, StreamedRecord record) => record switch
    {
        StreamedEvent => position < EventsFrom,
        StreamedItem => Items.LiveFrom != long.MaxValue && position < Items.LiveFrom,
        StreamedUser => Users.LiveFrom != long.MaxValue && position < Users.LiveFrom,
        _ => false,
    };

    /// <returns>The dataset's schema, or null when the group has no such dataset.</returns>
    public ParsedSchema? SchemaOf(Arn dataset) => _schemas.GetValueOrDefault(dataset);

    public void Dispose()
    {
        _history?.Dispose();
        _items?.Dispose();
        _users?.Dispose();
    }

    private DatasetRecords Records(string datasetType, Borrowed<ItemCatalog>? catalog, LiveRecords live) =>
        Data.Find(datasetType) is { } dataset
            ? new DatasetRecords(_schemas[dataset.DatasetArn], catalog?.Value, live, dataset.CompactedThrough)
            : new DatasetRecords(null, catalog?.Value, live, long.MaxValue); // without the dataset nothing can be put
}
