using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Files;

namespace Kindred.Storage.Snapshots;

/// <summary>Every user's newest interactions, in one immutable mapped file. Safe for many threads until it is disposed.</summary>
public sealed class UserHistory : IDisposable
{
    /// <summary>Events that are kept per user unless the caller says otherwise.</summary>
    public const int DefaultMaxEventsPerUser = 500;

    internal const int Kind = 1;
    internal const int Version = 1;

    private readonly SnapshotFile _file;
    private readonly IdTable _users;
    private readonly MappedColumn<long> _ends;
    private readonly MappedColumn<long> _timestamps;
    private readonly MappedColumn<int> _items;
    private readonly MappedColumn<int> _types;

    private UserHistory(SnapshotFile file)
    {
        _file = file;
        _users = file.Ids(0);
        (ItemIds, EventTypes) = (file.Ids(3), file.Ids(6));
        _ends = file.Column<long>(9);
        _timestamps = file.Column<long>(10);
        (_items, _types) = (file.Column<int>(11), file.Column<int>(12));
    }

    /// <summary>The items that histories name; index = item code.</summary>
    public IdTable ItemIds { get; }

    /// <summary>The event types that histories name; index = event-type code.</summary>
    public IReadOnlyList<string> EventTypes { get; }

    /// <summary>Users, and anonymous sessions by their session ids.</summary>
    public IdTable UserIds => _users;

    /// <summary>Users, and anonymous sessions.</summary>
    public int UserCount => _users.Count;

    public long EventCount => _timestamps.Count;

    /// <summary>Builds the file from segments; it appears complete and synced, or not at all.</summary>
    /// <param name="segmentPaths">Absolute paths, oldest first.</param>
    /// <param name="maxEventsPerUser">The newest events that are kept per user. Exact repetitions count once.</param>
    /// <param name="mostIdBytes">What ids may take in memory meanwhile.</param>
    /// <param name="subject">The column whose values are the items: those of action interactions are actions.</param>
    /// <exception cref="RefusedException">They would take more.</exception>
    public static void Build(
        string path, IEnumerable<string> segmentPaths, CancellationToken cancellationToken, int maxEventsPerUser = DefaultMaxEventsPerUser,
        long mostIdBytes = long.MaxValue, string subject = ColumnNames.ItemId)
    {
        using var builder = new UserHistoryBuilder(path, subject, maxEventsPerUser, new SnapshotMemory(mostIdBytes));
        builder.Add(segmentPaths, cancellationToken);
        builder.Complete(cancellationToken);
    }

    /// <exception cref="InvalidDataException">The file is no user history of a version that this build reads, or is damaged.</exception>
    public static UserHistory Open(string path) => new(SnapshotFile.Open(path, Kind, Version));

    /// <summary>Finds a user, or an anonymous session by its session id.</summary>
    public bool TryGet(ReadOnlySpan<char> userId, out UserEvents events)
    {
        var isKnown = _users.TryFind(userId, out var user);
        events = isKnown ? Of(user) : default;
        return isKnown;
    }

    /// <param name="user">Index into <see cref="UserIds"/>.</param>
    public UserEvents Of(int user)
    {
        var first = user == 0 ? 0 : _ends[user - 1];
        var count = (int)(_ends[user] - first);
        return new UserEvents
        {
            Items = _items.Slice(first, count),
            Timestamps = _timestamps.Slice(first, count),
            EventTypes = _types.Slice(first, count),
        };
    }

    /// <summary>How many events of a user there are.</summary>
    /// <param name="user">Index into <see cref="UserIds"/>.</param>
    public int CountOf(int user) => (int)(_ends[user] - (user == 0 ? 0 : _ends[user - 1]));

    /// <returns>How many users and anonymous sessions have so many events, 1 to what was kept per user.</returns>
    public int UsersWith(int events)
    {
        var (count, first) = (0, 0L);
        foreach (var end in _ends.Slice(0, _users.Count))
        {
            if (end - first >= events) count++;
            first = end;
        }
        return count;
    }

    /// <returns>How many events are kept of each user and anonymous session.</returns>
    public int[] EventsPerUser()
    {
        var (counts, first) = (new int[_users.Count], 0L);
        var ends = _ends.Slice(0, _users.Count);
        for (var user = 0; user < counts.Length; user++)
        {
            counts[user] = (int)(ends[user] - first);
            first = ends[user];
        }
        return counts;
    }

    /// <summary>Spans that were handed out are invalid from here on: dispose when the last reader has left.</summary>
    public void Dispose() => _file.Dispose();
}
