namespace Kindred.Serving.Histories;

/// <summary>The newest events of one user or session, by time sent, then arrival. Guarded by its owner's lock.</summary>
internal sealed class EventTail
{
    /// <summary>Most events kept; the oldest makes room.</summary>
    public const int Capacity = 500;

    private RecentEvent[] _events = [];

    public int Count { get; private set; }
    public ReadOnlySpan<RecentEvent> Events => _events.AsSpan(0, Count);

    /// <returns>False when the event is a repeat, or older than all of a full tail.</returns>
    public bool Add(RecentEvent added)
    {
        foreach (var known in Events)
        {
            if (known.EventId == added.EventId) return false;
        }
        // Events come nearly in order, so the place is looked for from the end.
        var place = Count;
        while (place > 0 && _events[place - 1].CompareTo(added) > 0) place--;
        if (Count == Capacity)
        {
            if (place == 0) return false;
            Array.Copy(_events, 1, _events, 0, place - 1);
            _events[place - 1] = added;
            return true;
        }
        if (Count == _events.Length) Array.Resize(ref _events, Math.Clamp(Count * 2, 4, Capacity));
        Array.Copy(_events, place, _events, place + 1, Count - place);
        _events[place] = added;
        Count++;
        return true;
    }

    /// <summary>Drops every event with a position below this one and passes the rest through <paramref name="recode"/>.</summary>
    public void Prune(long belowPosition, Func<RecentEvent, RecentEvent> recode)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_events[i].Position >= belowPosition) _events[kept++] = recode(_events[i]);
        }
        Count = kept;
        if (_events.Length > Math.Max(4, 2 * kept)) Array.Resize(ref _events, kept);
    }
}
