using Kindred.Serving.Groups;
using Kindred.Serving.Models;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Exploration;

/// <summary>
/// Keeps one model's <see cref="NewItems"/> of one publication current. The catalogue is searched once; only the items
/// put since are looked through again when one is put.
/// </summary>
internal sealed class Newcomers
{
    private readonly Lock _gate = new();
    private int[]? _inCatalog;
    private (long Version, NewItems Items)? _current;

    public NewItems Current(GroupView group, OpenModel model)
    {
        lock (_gate)
        {
            if (_current is { } current && current.Version == group.Items.Live.Version) return current.Items;
            _inCatalog ??= group.Items.Catalog is { } catalog ? Newest(catalog, model) : [];
            var (live, version) = group.Items.Live.Read(group.Items.LiveFrom);
            var items = NewItems.Find(group, model, _inCatalog, live);
            _current = (version, items);
            return items;
        }
    }

    private static int[] Newest(ItemCatalog catalog, OpenModel model) =>
    [
        .. Enumerable.Range(0, catalog.Count)
            .Where(index => !model.HasMet(catalog.Id(index)))
            .OrderByDescending(index => catalog.CreationTimestamp(index) ?? long.MaxValue)
            .Take(NewItems.Capacity),
    ];
}
