using Kindred.Contracts.Datasets;
using Kindred.Serving.Caching;
using Kindred.Storage.Events;

namespace Kindred.Serving.Groups;

/// <summary>
/// A dataset group that is in use: its live records, and the newest publication of its data. A new publication replaces
/// the old by reference; the old one's files are closed when its last reader has left.
/// </summary>
internal sealed class OpenGroup
{
    private readonly LiveData _live = new();
    private readonly Lock _publishing = new();
    private readonly OpenSnapshots _snapshots;
    private volatile Shared<GroupView> _view;

    private OpenGroup(string root, GroupData data)
    {
        _snapshots = new OpenSnapshots(root);
        _view = Open(data);
    }

    /// <summary>Serialises refreshes, so that an older publication never replaces a newer one.</summary>
    public SemaphoreSlim Refreshing { get; } = new(1, 1);

    /// <summary>Opens the snapshots and reads the events that came after them from the log.</summary>
    /// <exception cref="EventLogMissingException">The group's log is absent, or another's.</exception>
    public static async Task<OpenGroup> OpenAsync(string root, GroupData data, IEventLog events)
    {
        var group = new OpenGroup(root, data);
        try
        {
            await group.ReplayAsync(events);
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
            _snapshots.Retire();
        }
    }

    private Shared<GroupView> Open(GroupData data) => new(_snapshots.Open(data, _live), Close);

    /// <summary>Runs when a replaced view's last reader has left: only then nobody reads what the newer snapshots hold from the live records.</summary>
    private void Close(GroupView closed)
    {
        closed.Dispose();
        var current = _view.Value;
        if (current == closed) return;
        if (current.EventsFrom > closed.EventsFrom) _live.Events.Prune(current.EventsFrom);
        if (current.Items.LiveFrom > closed.Items.LiveFrom) _live.Items.Prune(current.Items.LiveFrom);
        if (current.Users.LiveFrom > closed.Users.LiveFrom) _live.Users.Prune(current.Users.LiveFrom);
    }

    private async Task ReplayAsync(IEventLog events)
    {
        var view = _view.Value;
        await events.EndPositionAsync(view.Data, CancellationToken.None); // before anything is taken from a log that is another's
        await events.ReadAsync(view.DatasetGroup, view.ReplayFrom, Take, CancellationToken.None);

        void Take(long position, StreamedRecord record)
        {
            switch (record)
            {
                case StreamedEvent e when position >= view.EventsFrom:
                    _live.Events.Add(position, e);
                    break;
                case StreamedItem item when position >= view.Items.LiveFrom:
                    _live.Items.Add(position, item.ItemId, item.PropertiesJson);
                    break;
                case StreamedUser user when position >= view.Users.LiveFrom:
                    _live.Users.Add(position, user.UserId, user.PropertiesJson);
                    break;
                default: break; // covered by a snapshot
            }
        }
    }

    /// <summary>Whether two answers of the group's grain are one publication.</summary>
    public static bool IsSame(GroupData a, GroupData b) =>
        a.Datasets.Count == b.Datasets.Count
        && a.Datasets.All(x => b.Find(x.DatasetType) is { } y && y.DatasetArn == x.DatasetArn && y.Generation == x.Generation && y.SnapshotPath == x.SnapshotPath);
}
