using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Models;

/// <summary>From the item and event-type codes of one history snapshot to one model's own; -1 where the model has none.</summary>
internal sealed class SnapshotCodes
{
    public SnapshotCodes(UserHistory snapshot, OpenModel model)
    {
        Items = new int[snapshot.ItemIds.Count];
        for (var code = 0; code < Items.Length; code++)
            Items[code] = model.Model.Items.TryFind(snapshot.ItemIds.Bytes(code), out var item) ? item : -1;
        EventTypes = new int[snapshot.EventTypes.Count];
        for (var code = 0; code < EventTypes.Length; code++)
            EventTypes[code] = model.FindEventType(snapshot.EventTypes[code]);
    }

    public int[] Items { get; }
    public int[] EventTypes { get; }
}
