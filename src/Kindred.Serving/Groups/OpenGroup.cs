using Kindred.Contracts.Datasets;
using Kindred.Serving.Caching;
using Kindred.Serving.Histories;
using Kindred.Serving.Items;
using Kindred.Storage.Events;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Groups;

/// <summary>
/// A dataset group that is in use: its live records, and the newest publication of its data. A new publication replaces
/// the old by reference; the old one's files are closed when its last reader has left.
/// </summary>
internal sealed class OpenGroup
{
    private readonly string _root;
    private readonly RecentEvents _recent = new();
    private readonly LiveItems _liveItems = new();
    private readonly Lock _publishing = new();
    private Snapshot<UserHistory>? _history;
    private Snapshot<ItemCatalog>? _catalog;
    private volatile Shared<GroupView> _view;

    private OpenGroup(string root, GroupData data)
    {
        _root = root;
        _view = Open(data);
    }

    /// <summary>Serialises refreshes, so that an older publication never replaces a newer one.</summary>
    public SemaphoreSlim Refreshing { get; } = new(1, 1);

    /// <summary>Opens the snapshots and reads the events that came after them from the log.</summary>
    public static OpenGroup Open(string root, GroupData data, EventStore events)
    {
        var group = new OpenGroup(root, data);
        try
        {
            group.Replay(events);
            return group;
        }
        catch
        {
            group.Retire();
            throw;
        }
    }

    /// <returns>False when the group is retired.</returns>
    public bool TryBorrow(out Borrowed<GroupView> view)
    {
        while (true)
        {
            var shared = _view;
            if (shared.TryBorrow(out view)) return true;
            if (shared == _view) return false; // not swapped since, so closed for good
        }
    }

    /// <summary>Publishes newer data. When it cannot be opened, the old data goes on serving and the fault is thrown.</summary>
    public void Publish(GroupData data)
    {
        lock (_publishing)
        {
            var old = _view;
            if (IsSame(old.Value.Data, data)) return;
            _view = Open(data);
            old.Retire();
        }
    }

    public void Retire()
    {
        lock (_publishing)
        {
            _view.Retire();
            _history?.Shared.Retire();
            _catalog?.Shared.Retire();
        }
    }

    private Shared<GroupView> Open(GroupData data)
    {
        var history = Reopen(_history, data.Find(DatasetTypes.Interactions)?.SnapshotPath, UserHistory.Open);
        var catalog = _catalog;
        try
        {
            catalog = Reopen(_catalog, data.Find(DatasetTypes.Items)?.SnapshotPath, ItemCatalog.Open);
            var view = new GroupView(data, Borrow(history), Borrow(catalog), _recent, _liveItems);
            if (history != _history) _history?.Shared.Retire();
            if (catalog != _catalog) _catalog?.Shared.Retire();
            (_history, _catalog) = (history, catalog);
            return new Shared<GroupView>(view, Close);
        }
        catch
        {
            if (history != _history) history?.Shared.Retire();
            if (catalog != _catalog) catalog?.Shared.Retire();
            throw;
        }
    }

    /// <summary>Runs when a replaced view's last reader has left: only then nobody reads what the newer snapshots hold from the live records.</summary>
    private void Close(GroupView closed)
    {
        closed.Dispose();
        var current = _view.Value;
        if (current == closed) return;
        if (current.EventsFrom > closed.EventsFrom) _recent.Prune(current.EventsFrom);
        if (current.ItemsFrom > closed.ItemsFrom) _liveItems.Prune(current.ItemsFrom);
    }

    private void Replay(EventStore events)
    {
        var view = _view.Value;
        events.Replay(view.DatasetGroup, Math.Min(view.EventsFrom, view.ItemsFrom), (position, record) =>
        {
            switch (record)
            {
                case StreamedEvent e when position >= view.EventsFrom: _recent.Add(position, e); break;
                case StreamedItem item when position >= view.ItemsFrom: _liveItems.Add(position, item.ItemId, item.PropertiesJson); break;
                default: break; // covered by a snapshot, or a user's record, which serving does not read
            }
        });
    }

    private Snapshot<T>? Reopen<T>(Snapshot<T>? open, string? path, Func<string, T> openFile) where T : class, IDisposable =>
        path is null ? null
        : open?.Path == path ? open
        : new Snapshot<T>(path, new Shared<T>(openFile(Path.Combine(_root, path)), static snapshot => snapshot.Dispose()));

    private static Borrowed<T>? Borrow<T>(Snapshot<T>? snapshot) where T : class, IDisposable =>
        snapshot is null ? null
        : snapshot.Shared.TryBorrow(out var borrowed) ? borrowed
        : throw new InvalidOperationException($"The snapshot '{snapshot.Path}' was closed while its group is open.");

    /// <summary>Whether two answers of the group's grain are one publication.</summary>
    public static bool IsSame(GroupData a, GroupData b) =>
        a.Datasets.Count == b.Datasets.Count
        && a.Datasets.All(x => b.Find(x.DatasetType) is { } y && y.DatasetArn == x.DatasetArn && y.Generation == x.Generation && y.SnapshotPath == x.SnapshotPath);

    private sealed record Snapshot<T>(string Path, Shared<T> Shared) where T : class;
}
