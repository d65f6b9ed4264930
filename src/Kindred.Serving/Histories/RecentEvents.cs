using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kindred.Storage.Events;

namespace Kindred.Serving.Histories;

/// <summary>
/// What the users and anonymous sessions of one dataset group did since its history snapshot was made. Every event here
/// is in the group's event log too, so all of it comes back by replay.
/// </summary>
/// <remarks>
/// A session is linked by the first event that carries both its id and a user's: what it did before moves to that user,
/// and what it does later without a user id counts for that user. One lock for all: it is held for a copy of at most
/// 500 events of 32 bytes.
/// </remarks>
/// <param name="held">Told of every change of <see cref="Bytes"/>, with the difference.</param>
internal sealed class RecentEvents(Action<long> held)
{
    /// <summary>An event in its tail; a user and a session with their entries; an item with its code.</summary>
    private const int EventBytes = 40, IdBytes = 200;

    /// <summary>Links of sessions to users that are kept when the events that made them are in a snapshot.</summary>
    private const int MaxLinks = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, User> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private CodeTable _items = new();
    private CodeTable _eventTypes = new();
    private long _bytes;

    /// <summary>Memory of the events, as estimated from their number and the lengths of their ids.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Different event types among them.</summary>
    public int EventTypeCount
    {
        get { lock (_gate) return _eventTypes.Count; }
    }

    public bool HasEventType(string name)
    {
        lock (_gate) return _eventTypes.Contains(name);
    }

    /// <summary>Takes in one event that is on disk. A repeated eventId of the same user or session is ignored.</summary>
    /// <param name="position">The event's place in the log.</param>
    /// <param name="e">The event; one that names no item still links its session to its user.</param>
    public void Add(long position, StreamedEvent e)
    {
        var eventId = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(e.EventId.AsSpan()));
        lock (_gate)
        {
            if (e is { ItemId: null, UserId: null }) return;
            var ids = _users.Count + _sessions.Count + _items.Count;
            var tail = TailFor(position, e.UserId, e.SessionId);
            if (e.ItemId is null) return;
            var (item, type) = (_items.Intern(e.ItemId), _eventTypes.Intern(e.EventType));
            tail.Add(new RecentEvent(item, type, e.SentAt.ToUnixTimeMilliseconds(), position, eventId));
            var added = _users.Count + _sessions.Count + _items.Count - ids;
            Count(EventBytes + (added * (IdBytes + (2L * (e.SessionId.Length + (e.UserId?.Length ?? 0) + e.ItemId.Length) / 3))));
        }
    }

    /// <summary>Copies the events of a user, or of an anonymous session whose id stands for a user.</summary>
    /// <param name="id">A user id or a session id.</param>
    /// <param name="isKnownUser">The snapshot has a user of this id: then it is not taken for a session's.</param>
    /// <param name="fromPosition">Events below it are in the snapshot that the caller reads beside this.</param>
    /// <param name="events">Receives the events, oldest first; room for 2 × <see cref="EventTail.Capacity"/>.</param>
    public RecentCopy Copy(string id, bool isKnownUser, long fromPosition, Span<RecentEvent> events)
    {
        lock (_gate)
        {
            var userId = id;
            var count = 0;
            if (_sessions.TryGetValue(id, out var session))
            {
                if (session.User is { } linked && !isKnownUser && !_users.ContainsKey(id)) userId = linked;
                if (session.Unlinked is { } unlinked) count = Append(unlinked, fromPosition, events, 0);
            }
            var anonymous = count;
            string[] linkedSessions = [];
            if (_users.TryGetValue(userId, out var user))
            {
                count = Append(user.Tail, fromPosition, events, count);
                if (user.Sessions is { Count: > 0 }) linkedSessions = [.. user.Sessions];
            }
            if (anonymous > 0 && count > anonymous) events[..count].Sort();
            return new RecentCopy(userId, linkedSessions, count, _items, _eventTypes);
        }
    }

    /// <summary>Forgets what a snapshot holds by now, and the strings that only those events used.</summary>
    /// <param name="forgetsLinks">Whether links of sessions to users that are as old go too.</param>
    public void Prune(long belowPosition, bool forgetsLinks = false)
    {
        lock (_gate)
        {
            var (oldItems, oldTypes) = (_items, _eventTypes);
            var (items, types) = (new CodeTable(), new CodeTable());
            RecentEvent Recode(RecentEvent e) =>
                e with { Item = items.Intern(oldItems[e.Item]), EventType = types.Intern(oldTypes[e.EventType]) };

            foreach (var (id, user) in _users)
            {
                user.Tail.Prune(belowPosition, Recode);
                if (user.LastPosition < belowPosition) _users.Remove(id);
            }
            foreach (var (id, session) in _sessions)
            {
                session.Unlinked?.Prune(belowPosition, Recode);
                if ((forgetsLinks || session.User is null) && session.LastPosition < belowPosition) _sessions.Remove(id);
            }
            ForgetOldestLinks();
            (_items, _eventTypes) = (items, types);
            var events = _users.Values.Sum(static user => (long)user.Tail.Events.Length)
                + _sessions.Values.Sum(static session => (long)(session.Unlinked?.Events.Length ?? 0));
            Count((events * EventBytes) + ((long)(_users.Count + _sessions.Count + _items.Count) * IdBytes) - _bytes);
        }
    }

    /// <summary>Users and sessions held, for tests and measurements.</summary>
    public (int Users, int Sessions) Size
    {
        get { lock (_gate) return (_users.Count, _sessions.Count); }
    }

    private void Count(long difference)
    {
        _bytes += difference;
        held(difference);
    }

    private EventTail TailFor(long position, string? userId, string sessionId)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_sessions, sessionId, out _);
        var session = slot ??= new Session();
        session.LastPosition = Math.Max(session.LastPosition, position);
        userId ??= session.User;
        if (userId is null) return session.Unlinked ??= new EventTail();

        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_users, userId, out _);
        var user = place ??= new User();
        user.LastPosition = Math.Max(user.LastPosition, position);
        if (session.User != userId)
        {
            session.User = userId;
            user.Link(sessionId);
        }
        if (session.Unlinked is { } earlier)
        {
            foreach (var e in earlier.Events) user.Tail.Add(e);
            session.Unlinked = null;
        }
        return user.Tail;
    }

    /// <summary>A link outlives the events that made it, so that a session which goes on is still its user's; but not without bound.</summary>
    private void ForgetOldestLinks()
    {
        if (_sessions.Count <= MaxLinks) return;
        var links = _sessions
            .Where(static entry => entry.Value is { User: not null, Unlinked: null })
            .OrderByDescending(static entry => entry.Value.LastPosition);
        foreach (var (id, _) in links.Skip(MaxLinks).ToArray()) _sessions.Remove(id);
    }

    private static int Append(EventTail tail, long fromPosition, Span<RecentEvent> events, int count)
    {
        foreach (var e in tail.Events)
        {
            if (e.Position >= fromPosition) events[count++] = e;
        }
        return count;
    }

    private sealed class Session
    {
        public EventTail? Unlinked;
        public string? User;
        public long LastPosition = -1;
    }

    private sealed class User
    {
        private const int MaxSessions = 8;
        public EventTail Tail { get; } = new();
        public List<string>? Sessions { get; private set; }
        public long LastPosition = -1;

        public void Link(string sessionId)
        {
            Sessions ??= new(1);
            Sessions.Remove(sessionId);
            if (Sessions.Count == MaxSessions) Sessions.RemoveAt(0);
            Sessions.Add(sessionId);
        }
    }
}
