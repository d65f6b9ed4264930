using System.Diagnostics.CodeAnalysis;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Serving.Caching;
using Kindred.Serving.Histories;
using Kindred.Serving.Items;
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
    private readonly Borrowed<ItemCatalog>? _catalog;
    private readonly Dictionary<Arn, DatasetSchema> _schemas;

    public GroupView(GroupData data, Borrowed<UserHistory>? history, Borrowed<ItemCatalog>? catalog, RecentEvents recent, LiveItems liveItems)
    {
        (Data, _history, _catalog, Recent, LiveItems) = (data, history, catalog, recent, liveItems);
        EventsFrom = data.Find(DatasetTypes.Interactions)?.CompactedThrough ?? 0;
        ItemsFrom = data.Find(DatasetTypes.Items)?.CompactedThrough ?? long.MaxValue; // without the dataset nothing can be put
        _schemas = data.Datasets.ToDictionary(static dataset => dataset.DatasetArn, static dataset => DatasetSchema.Parse(dataset.Schema));
        ItemSchema = data.Find(DatasetTypes.Items) is { } items ? _schemas[items.DatasetArn] : null;
    }

    public Arn DatasetGroup => Data.DatasetGroupArn;
    public GroupData Data { get; }
    public RecentEvents Recent { get; }
    public LiveItems LiveItems { get; }
    public UserHistory? History => _history?.Value;
    public ItemCatalog? Catalog => _catalog?.Value;
    /// <summary>Events at or above this log position are not in <see cref="History"/>.</summary>
    public long EventsFrom { get; }
    /// <summary>Items put at or above this log position are not in <see cref="Catalog"/>.</summary>
    public long ItemsFrom { get; }
    /// <summary>Null when the group has no items dataset.</summary>
    public DatasetSchema? ItemSchema { get; }

    /// <returns>The dataset's schema, or null when the group has no such dataset.</returns>
    public DatasetSchema? SchemaOf(Arn dataset) => _schemas.GetValueOrDefault(dataset);

    /// <returns>The item as it is known now, or false when neither import nor PutItems named it.</returns>
    public bool TryGetItem(string itemId, [MaybeNullWhen(false)] out ItemRecord item)
    {
        if (LiveItems.TryGet(itemId, ItemsFrom, out var live))
        {
            item = new ItemRecord(live);
            return true;
        }
        if (Catalog is { } catalog && catalog.TryGet(itemId, out var index))
        {
            item = new ItemRecord(catalog, index);
            return true;
        }
        item = default;
        return false;
    }

    public void Dispose()
    {
        _history?.Dispose();
        _catalog?.Dispose();
    }
}
