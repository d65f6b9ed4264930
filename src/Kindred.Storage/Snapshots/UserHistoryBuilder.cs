using System.Runtime.InteropServices;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Files;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Snapshots;

/// <summary>Builds a <see cref="UserHistory"/>: takes every interaction once, groups by user, keeps the newest of each.</summary>
internal sealed class UserHistoryBuilder : IDisposable
{
    private const int MostRemembered = 1024;
    private readonly string _path;
    private readonly string _subject;
    private readonly int _maxEventsPerUser;
    private readonly SnapshotMemory _memory;
    private readonly HistoryRows _rows;
    private readonly IdTableBuilder _users = new(IdHash.Low);
    private readonly IdTableBuilder _items = new(IdHash.Low);
    private readonly IdTableBuilder _types = new(IdHash.Low);
    private HashSet<(int Item, int EventType)> _sameInstant = [];
    private int[] _userNumbers = [];
    private int[] _itemNumbers = [];
    private int[] _typeNumbers = [];
    private bool _isTooMuch;

    /// <param name="path">Where the history is to lie; what is needed meanwhile lies beside it.</param>
    /// <param name="subject">The column whose values are the items.</param>
    /// <param name="maxEventsPerUser">The newest events that are kept per user.</param>
    /// <param name="memory">What ids may take.</param>
    public UserHistoryBuilder(string path, string subject, int maxEventsPerUser, SnapshotMemory memory)
    {
        (_path, _subject, _maxEventsPerUser, _memory) = (path, subject, maxEventsPerUser, memory);
        _rows = new HistoryRows(path);
    }

    /// <summary>Takes the interactions of segments, after those that were taken already.</summary>
    public void Add(IEnumerable<string> segmentPaths, CancellationToken cancellationToken) =>
        InteractionSegments.Read(segmentPaths, Add, cancellationToken, includeAnonymous: true, subject: _subject);

    /// <summary>Takes interactions that are on their way into a segment, which need not be read again then.</summary>
    /// <param name="group">Their row group.</param>
    /// <param name="columns">The names of its columns.</param>
    public void Add(RowGroup group, IReadOnlyList<string> columns)
    {
        if (_isTooMuch) return;
        Renumber(group, IndexOf(columns, ColumnNames.UserId), _users, ref _userNumbers);
        Renumber(group, IndexOf(columns, _subject), _items, ref _itemNumbers);
        Renumber(group, IndexOf(columns, ColumnNames.EventType), _types, ref _typeNumbers);
        var timestamps = group.Timestamps(IndexOf(columns, ColumnNames.Timestamp));
        for (var i = 0; i < timestamps.Length; i++)
        {
            if (_userNumbers[i] >= 0 && _itemNumbers[i] >= 0) Add(_userNumbers[i], _itemNumbers[i], timestamps[i], _typeNumbers[i]);
        }
        CheckMemory();
    }

    /// <summary>Writes the history; it appears complete and synced, or not at all.</summary>
    /// <exception cref="RefusedException">The ids take more memory than they may.</exception>
    public void Complete(CancellationToken cancellationToken)
    {
        RequireMemory();
        _rows.Group(_users.Count, cancellationToken);
        DurableFile.WriteAllAtomic(_path, stream => Write(stream, _rows), cancellationToken);
    }

    public void Dispose() => _rows.Dispose();

    private void Add(InteractionBatch batch)
    {
        if (_isTooMuch) return;
        var users = Remap(batch.UserIds, _users);
        var items = Remap(batch.ItemIds, _items);
        var types = Remap(batch.EventTypeNames, _types);
        for (var i = 0; i < batch.Count; i++)
        {
            var type = batch.EventTypes[i];
            Add(users[batch.Users[i]], items[batch.Items[i]], batch.Timestamps[i], type < 0 ? -1 : types[type]);
        }
        CheckMemory();
    }

    // Only rows of one user and instant are ever ordered by their order, so it may wrap around after 2 billion rows.
    private void Add(int user, int item, long timestamp, int type) =>
        _rows.Add(new HistoryRow(user, item, timestamp, type, unchecked((int)_rows.Count)));

    // The rows of an import are read to their end all the same: what is wrong with them is reported.
    private void CheckMemory() => _isTooMuch = !_memory.Has(IdBytes);

    private void RequireMemory() => _memory.Require("users and items", _users.Count + _items.Count, IdBytes);

    private long IdBytes => _users.SizeBytes + _items.SizeBytes + _types.SizeBytes;

    /// <summary>The texts of a group's column by their numbers in a table; a text that no row has does not come into it.</summary>
    /// <param name="column">Negative where the group has no such column.</param>
    /// <param name="numbers">Receives a number per row, -1 where it has no text.</param>
    private static void Renumber(RowGroup group, int column, IdTableBuilder table, ref int[] numbers)
    {
        if (numbers.Length < group.Count) numbers = new int[group.Capacity];
        var target = numbers.AsSpan(0, group.Count);
        target.Fill(-1);
        if (column < 0) return;
        var texts = group.Texts(column);
        var codes = texts.Codes(group.Count);
        Span<int> known = new int[texts.DistinctCount]; // number + 1, 0 for a text that no row had so far
        for (var i = 0; i < target.Length; i++)
        {
            if (codes[i] < 0) continue;
            ref var number = ref known[codes[i]];
            if (number == 0) number = table.Intern(texts.Value(codes[i])) + 1;
            target[i] = number - 1;
        }
    }

    private static int IndexOf(IReadOnlyList<string> columns, string name)
    {
        for (var i = 0; i < columns.Count; i++)
            if (columns[i] == name) return i;
        return -1;
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
        var newest = events[Math.Max(0, distinct - _maxEventsPerUser)..distinct];
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
