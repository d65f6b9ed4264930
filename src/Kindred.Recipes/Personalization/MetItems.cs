using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// The different items of a history, newest first: how long ago each was met, how often and how. For one thread; reused from history to history.
/// </summary>
internal sealed class MetItems(int itemCount)
{
    private const int Room = 256;

    private readonly int[] _place = new int[itemCount]; // 1 + where the item stands; 0 = not there
    private int[] _items = new int[Room];
    private Meeting[] _meetings = new Meeting[Room];
    private float[] _hidden = new float[Room];
    private int _length;
    private long _time;

    public ReadOnlySpan<int> Items => _items.AsSpan(0, _length);

    /// <summary>What is known of the user and each of <see cref="Items"/>.</summary>
    public ReadOnlySpan<Meeting> Meetings => _meetings.AsSpan(0, _length);

    /// <summary>Baskets of the history; 0 where it is not looked at by baskets.</summary>
    public int Baskets { get; private set; }

    /// <summary>Unknown items are left out.</summary>
    /// <param name="events">Oldest first.</param>
    /// <param name="byBasket">How ages and counts are counted, see <see cref="Meeting"/>.</param>
    public void Look(ReadOnlySpan<HistoryEvent> events, bool byBasket)
    {
        Clear();
        for (var i = events.Length - 1; i >= 0; i--)
        {
            if ((uint)events[i].Item < (uint)_place.Length)
                Meet(events[i].Item, events[i].EventType, events[i].Timestamp, byBasket);
        }
    }

    /// <summary>The same for interactions of one user, as far as a position before which the history ends.</summary>
    public void Look(InteractionLog log, int start, int end, bool byBasket)
    {
        Clear();
        var items = log.Items;
        var types = log.EventTypeCodes;
        var times = log.Timestamps;
        for (var i = end - 1; i >= start; i--)
            Meet(items[i], types[i], times[i], byBasket);
    }

    /// <returns>Where an item stands; -1 = it was not met.</returns>
    public int PlaceOf(int item) => _place[item] - 1;

    /// <summary>Takes the items out of a ranking by scores.</summary>
    /// <returns>Their scores, for <see cref="Show"/>; valid until the next look.</returns>
    public ReadOnlySpan<float> Hide(Span<float> scores)
    {
        for (var i = 0; i < _length; i++)
        {
            _hidden[i] = scores[_items[i]];
            scores[_items[i]] = float.NegativeInfinity;
        }
        return _hidden.AsSpan(0, _length);
    }

    /// <summary>Puts the items back.</summary>
    public void Show(Span<float> scores, ReadOnlySpan<float> hidden)
    {
        for (var i = 0; i < _length; i++)
            scores[_items[i]] = hidden[i];
    }

    private void Meet(int item, int type, long time, bool byBasket)
    {
        if (byBasket && (Baskets == 0 || _time - time >= Interactions.Baskets.Pause))
            Baskets++;
        _time = time;
        if (_place[item] == 0)
        {
            if (_length == _items.Length)
                Grow();
            _items[_length] = item;
            _meetings[_length] = new Meeting(byBasket ? Baskets - 1 : _length, 1, type, Meeting.BitOf(type), Baskets);
            _place[item] = ++_length;
            return;
        }
        ref var met = ref _meetings[_place[item] - 1];
        var isAnother = !byBasket || met.Basket != Baskets; // twice in one basket is once
        met = met with { Count = met.Count + (isAnother ? 1 : 0), Basket = Baskets, Types = met.Types | Meeting.BitOf(type) };
    }

    private void Grow()
    {
        Array.Resize(ref _items, 2 * _length);
        Array.Resize(ref _meetings, 2 * _length);
        Array.Resize(ref _hidden, 2 * _length);
    }

    private void Clear()
    {
        foreach (var item in Items)
            _place[item] = 0;
        (_length, Baskets) = (0, 0);
    }
}
