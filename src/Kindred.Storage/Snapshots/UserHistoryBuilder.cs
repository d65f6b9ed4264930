using System.Runtime.InteropServices;
using Kindred.Files;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Snapshots;

/// <summary>Builds a <see cref="UserHistory"/>: reads the segments once, groups by user, keeps the newest of each.</summary>
internal sealed class UserHistoryBuilder(string subject, int maxEventsPerUser, SnapshotMemory memory)
{
    private const int MostRemembered = 1024;
    private readonly IdTableBuilder _users = new(IdHash.Low);
    private readonly IdTableBuilder _items = new(IdHash.Low);
    private readonly IdTableBuilder _types = new(IdHash.Low);
    private HashSet<(int Item, int EventType)> _sameInstant = [];

    public void Build(string path, IEnumerable<string> segmentPaths, CancellationToken cancellationToken)
    {
        using var rows = new HistoryRows(path);
        InteractionSegments.Read(segmentPaths, batch => Add(batch, rows), cancellationToken, includeAnonymous: true, subject: subject);
        rows.Group(_users.Count, cancellationToken);
        DurableFile.WriteAllAtomic(path, stream => Write(stream, rows), cancellationToken);
    }

    private void Add(InteractionBatch batch, HistoryRows rows)
    {
        var users = Remap(batch.UserIds, _users);
        var items = Remap(batch.ItemIds, _items);
        var types = Remap(batch.EventTypeNames, _types);
        for (var i = 0; i < batch.Count; i++)
        {
            var type = batch.EventTypes[i];
            // Only rows of one user and instant are ever ordered by it, so it may wrap around after 2 billion rows.
            var order = unchecked((int)rows.Count);
            rows.Add(new HistoryRow(users[batch.Users[i]], items[batch.Items[i]], batch.Timestamps[i], type < 0 ? -1 : types[type], order));
        }
        memory.Require("users and items", _users.Count + _items.Count, _users.SizeBytes + _items.SizeBytes + _types.SizeBytes);
    }

    private static int[] Remap(ReadOnlySpan<string> names, IdTableBuilder table)
    {
        var codes = new int[names.Length];
        for (var i = 0; i < codes.Length; i++) codes[i] = table.Intern(names[i]);
        return codes;
    }

    private void Write(Stream stream, HistoryRows rows)
    {
        var ends = new long[_users.Count];
        var kept = new int[_users.Count];
        var total = 0L;
        for (var user = 0; user < ends.Length; user++) ends[user] = total += kept[user] = KeepNewest(rows.Of(user));

        var snapshot = new SnapshotWriter(stream);
        snapshot.Ids(_users);
        snapshot.Ids(_items);
        snapshot.Ids(_types);
        snapshot.Section<long>(ends);
        snapshot.Section(s => WriteColumn(s, rows, kept, static row => row.Timestamp));
        snapshot.Section(s => WriteColumn(s, rows, kept, static row => row.Item));
        snapshot.Section(s => WriteColumn(s, rows, kept, static row => row.EventType));
        snapshot.Complete(UserHistory.Kind, UserHistory.Version);
    }

    private static void WriteColumn<T>(Stream stream, HistoryRows rows, int[] kept, Func<HistoryRow, T> column) where T : unmanaged
    {
        T[] values = [];
        for (var user = 0; user < kept.Length; user++)
        {
            var events = rows.Of(user)[..kept[user]];
            if (values.Length < events.Length) values = new T[events.Length];
            for (var i = 0; i < events.Length; i++) values[i] = column(events[i]);
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan(0, events.Length)));
        }
    }

    /// <summary>Sorts a user's rows, drops repeated ones and moves the newest to the front.</summary>
    /// <returns>How many those are.</returns>
    private int KeepNewest(Span<HistoryRow> events)
    {
        events.Sort();
        var distinct = 0;
        for (var i = 0; i < events.Length; i++)
        {
            var (row, previous) = (events[i], distinct > 0 ? events[distinct - 1] : default);
            if (distinct > 0 && previous.Timestamp == row.Timestamp)
            {
                if (_sameInstant.Count == 0) _sameInstant.Add((previous.Item, previous.EventType));
                // Interactions with identical timestamp and properties count once.
                if (!_sameInstant.Add((row.Item, row.EventType))) continue;
            }
            else
            {
                ForgetInstant();
            }
            events[distinct++] = row;
        }
        ForgetInstant();
        var newest = events[Math.Max(0, distinct - maxEventsPerUser)..distinct];
        newest.CopyTo(events);
        return newest.Length;
    }

    private void ForgetInstant()
    {
        if (_sameInstant.Count == 0) return;
        // Clearing costs as much as the set once held: a large one is better dropped.
        if (_sameInstant.Count > MostRemembered) _sameInstant = [];
        else _sameInstant.Clear();
    }
}
