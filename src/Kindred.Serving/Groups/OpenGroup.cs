using System.Diagnostics.CodeAnalysis;
using Kindred.Contracts.Datasets;
using Kindred.Serving.Caching;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;

namespace Kindred.Serving.Groups;

/// <summary>
/// A dataset group that is in use: its live records, and the newest publication of its data. A new publication replaces
/// the old by reference; the old one's files are closed when its last reader has left.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing to give back.")]
internal sealed class OpenGroup
{
    private readonly LiveData _live;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly OpenSnapshots _snapshots;
    private volatile Shared<GroupView> _view;

    private OpenGroup(LiveData live, OpenSnapshots snapshots, GroupView view)
    {
        (_live, _snapshots, MadeAs) = (live, snapshots, view.Data.MadeAs);
        _view = new Shared<GroupView>(view, Close);
    }

    /// <summary><see cref="GroupData.MadeAs"/>: data with another one is that of another group, of the same name.</summary>
    public long MadeAs { get; }

    /// <summary>Whether the last record of a log that ends at <paramref name="end"/> has been taken in.</summary>
    public bool HasLast(long end) => _live.Taken.HasLast(end);

    /// <summary>Why the newest data could not be opened; null when it could.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Opens the snapshots and reads the events that came after them from the log.</summary>
    /// <exception cref="EventLogMissingException">The group's log is absent, or another's.</exception>
    public static async Task<OpenGroup> OpenAsync(IArtifactStore artifacts, GroupData data, IEventLog events, LiveMemory memory)
    {
        var account = data.DatasetGroupArn.Account;
        var (live, snapshots) = (new LiveData(bytes => memory.Add(account, bytes)), new OpenSnapshots(artifacts));
        var group = new OpenGroup(live, snapshots, await snapshots.OpenAsync(data, live));
        try
        {
            await group.ReadOnAsync(events);
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
    /// <remarks>One publishes at a time, and nobody while another retires the group.</remarks>
    public async Task PublishAsync(GroupData data)
    {
        var old = _view;
        if (IsSame(old.Value.Data, data)) return;
        _view = new Shared<GroupView>(await _snapshots.OpenAsync(data, _live), Close);
        old.Retire();
    }

    /// <summary>Takes in what others have appended to the group's log since it was read last.</summary>
    /// <exception cref="IOException">The log cannot be read; what was taken in stays.</exception>
    public async Task CatchUpAsync(IEventLog events)
    {
        await _reading.WaitAsync();
        try
        {
            await ReadOnAsync(events);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Retire()
    {
        _view.Retire();
        _snapshots.Retire();
        _live.Retire();
    }

    /// <summary>
    /// Runs when a replaced view's last reader has left: only then nobody reads what the newer snapshots hold from the live
    /// records.
    /// </summary>
    private void Close(GroupView closed)
    {
        closed.Dispose();
        var current = _view.Value;
        if (current == closed) return;
        // After a data deletion a link of before may lead to a user who is not to be known any more.
        var isDeletion = current.Deletions != closed.Deletions;
        if (isDeletion || current.EventsFrom > closed.EventsFrom) _live.Events.Prune(current.EventsFrom, forgetsLinks: isDeletion);
        if (current.Items.LiveFrom > closed.Items.LiveFrom) _live.Items.Prune(current.Items.LiveFrom);
        if (current.Users.LiveFrom > closed.Users.LiveFrom) _live.Users.Prune(current.Users.LiveFrom);
        if (current.Actions.LiveFrom > closed.Actions.LiveFrom) _live.Actions.Prune(current.Actions.LiveFrom);
        isDeletion = current.ActionDeletions != closed.ActionDeletions;
        if (isDeletion || current.ActionEventsFrom > closed.ActionEventsFrom)
            _live.ActionEvents.Prune(current.ActionEventsFrom, forgetsLinks: isDeletion);
    }

    private async Task ReadOnAsync(IEventLog events)
    {
        var view = _view.Value;
        // Asked first: it fails for a log that is another's, before anything is taken from it.
        var end = await events.EndPositionAsync(view.Data, CancellationToken.None);
        var from = Math.Max(_live.Taken.Through, view.ReplayFrom);
        if (from < end)
        {
            await events.ReadAsync(view.DatasetGroup, from, (position, record) =>
            {
                if (!view.Covers(position, record)) _live.Take(position, record);
                end = Math.Max(end, position + 1); // what was appended meanwhile
            }, CancellationToken.None);
        }
        _live.Taken.Add(0, end);
    }

    /// <summary>Whether two answers of the group's grain are one publication.</summary>
    public static bool IsSame(GroupData a, GroupData b) =>
        a.Datasets.Count == b.Datasets.Count
        && a.Datasets.All(x => b.Find(x.DatasetType) is { } y
            && y.DatasetArn == x.DatasetArn && y.Generation == x.Generation && y.SnapshotPath == x.SnapshotPath);
}
