using System.Collections.Concurrent;
using System.Text.Json;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol.Events;
using Kindred.Serving.Ingestion;

namespace Kindred.Serving.Watching;

/// <summary>
/// The newest events of the dataset groups that somebody looks at, in this process, those that were refused among them. While nobody looks an
/// event costs one lookup; who has not looked for half a minute does not watch any more, and what was seen is forgotten.
/// </summary>
public sealed class EventWatch(TimeProvider clock)
{
    /// <summary>Events that are kept of a group.</summary>
    public const int MostEvents = 200;

    /// <summary>Groups that are watched at a time; further watchers see nothing until there is room.</summary>
    private const int MostGroups = 500;

    private const int MostText = 300;
    private const int MostReason = 1000;
    private static readonly TimeSpan Attention = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<Arn, Seen> _watched = [];

    /// <summary>What came in after an event that was seen already; from the first call on the group is watched.</summary>
    /// <param name="after">The greatest number that the caller has seen; 0 for everything that is kept.</param>
    /// <returns>In the order in which they came.</returns>
    public IReadOnlyList<SeenEvent> Read(Arn datasetGroup, long after)
    {
        ForgetUnwatched();
        if (!_watched.TryGetValue(datasetGroup, out var seen))
        {
            if (_watched.Count >= MostGroups) return [];
            seen = _watched.GetOrAdd(datasetGroup, static _ => new Seen());
        }
        seen.LookedAt = clock.GetUtcNow();
        return seen.After(after);
    }

    /// <summary>Forgets what was seen of a group; who watches sees what comes from now on.</summary>
    public void Forget(Arn datasetGroup)
    {
        if (_watched.TryGetValue(datasetGroup, out var seen)) seen.Forget();
    }

    /// <summary>A request was refused before anybody could read what it holds: every group of the account that is watched shows it.</summary>
    public void RefuseUnread(string account, string refusal)
    {
        if (_watched.IsEmpty) return;
        foreach (var (group, seen) in _watched)
        {
            if (group.Account == account && IsLookedAt(seen)) seen.Add(new SeenEvent(0, clock.GetUtcNow(), null, null, null, null, null, Short(refusal, MostReason)));
        }
    }

    internal bool IsAnyWatched(string account) => !_watched.IsEmpty && _watched.Any(entry => entry.Key.Account == account && IsLookedAt(entry.Value));

    /// <summary>The events of a request were taken.</summary>
    /// <param name="look">What is to be seen of the request: <see cref="EventsOf(PutEventsRequest)"/> or its twin for actions.</param>
    internal void Take<TRequest>(Arn datasetGroup, TRequest request, Func<TRequest, IEnumerable<SeenEvent>> look) =>
        Add(datasetGroup, request, look, refusal: null);

    /// <summary>A request was refused as a whole.</summary>
    /// <param name="datasetGroup">Null when its tracking id is nobody's: then every group of the account that is watched shows it.</param>
    /// <param name="look">As for <see cref="Take"/>.</param>
    internal void Refuse<TRequest>(
        Arn? datasetGroup, string account, TRequest request, Func<TRequest, IEnumerable<SeenEvent>> look, string refusal)
    {
        foreach (var group in _watched.Keys.Where(group => datasetGroup is null ? group.Account == account : group == datasetGroup))
            Add(group, request, look, refusal);
    }

    internal static IEnumerable<SeenEvent> EventsOf(PutEventsRequest request) => (request.EventList ?? []).Select(e => new SeenEvent(
        0, default, Short(request.UserId), Short(request.SessionId), Short(e.EventType), Short(ItemOf(e)), Short(e.Properties), Refusal: null));

    internal static IEnumerable<SeenEvent> EventsOf(PutActionInteractionsRequest request) => (request.ActionInteractions ?? []).Select(e => new SeenEvent(
        0, default, Short(e.UserId), Short(e.SessionId), Short(e.EventType), ItemId: null, Short(e.Properties), Refusal: null, Short(e.ActionId)));

    private void Add<TRequest>(Arn datasetGroup, TRequest request, Func<TRequest, IEnumerable<SeenEvent>> look, string? refusal)
    {
        if (!_watched.TryGetValue(datasetGroup, out var seen) || !IsLookedAt(seen)) return;
        var now = clock.GetUtcNow();
        foreach (var e in look(request)) seen.Add(e with { At = now, Refusal = Short(refusal, MostReason) });
    }

    /// <summary>Of a refused event it may not be known which item it names.</summary>
    private static string? ItemOf(Event e)
    {
        try
        {
            return EventSubject.Of(e).ItemId;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return e.ItemId;
        }
    }

    private static string? Short(string? text, int most = MostText) => text?.Length > most ? text[..most] : text;

    private bool IsLookedAt(Seen seen) => clock.GetUtcNow() - seen.LookedAt < Attention;

    private void ForgetUnwatched()
    {
        foreach (var (group, seen) in _watched)
        {
            if (!IsLookedAt(seen)) _watched.TryRemove(KeyValuePair.Create(group, seen));
        }
    }

    private sealed class Seen
    {
        private readonly Lock _gate = new();
        private readonly Queue<SeenEvent> _events = new();
        private long _number;
        private long _lookedAt;

        public DateTimeOffset LookedAt
        {
            get => new(Volatile.Read(ref _lookedAt), TimeSpan.Zero);
            set => Volatile.Write(ref _lookedAt, value.UtcTicks);
        }

        public void Add(SeenEvent e)
        {
            lock (_gate)
            {
                if (_events.Count == MostEvents) _events.Dequeue();
                _events.Enqueue(e with { Number = ++_number });
            }
        }

        public void Forget()
        {
            lock (_gate) _events.Clear();
        }

        public IReadOnlyList<SeenEvent> After(long number)
        {
            lock (_gate) return [.. _events.Where(e => e.Number > number)];
        }
    }
}
