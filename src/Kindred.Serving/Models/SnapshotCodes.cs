using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Models;

/// <summary>From the item and event-type codes of one history snapshot to one model's own; -1 where the model has none.</summary>
internal sealed class SnapshotCodes(UserHistory snapshot, OpenModel model)
{
    public int[] Items { get; } = Map(snapshot.ItemIds, model.FindItem);
    public int[] EventTypes { get; } = Map(snapshot.EventTypes, model.FindEventType);

    private static int[] Map(IReadOnlyList<string> names, Func<string, int> find)
    {
        var map = new int[names.Count];
        for (var code = 0; code < map.Length; code++) map[code] = find(names[code]);
        return map;
    }
}
