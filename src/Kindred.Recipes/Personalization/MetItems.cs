namespace Kindred.Recipes.Personalization;

/// <summary>The different items of a history, newest first, and how often each was met. For one thread; reused from history to history.</summary>
internal sealed class MetItems(int itemCount)
{
    private readonly int[] _place = new int[itemCount]; // 1 + where the item stands; 0 = not there
    private readonly int[] _items = new int[RepeatHabit.MaxDepth];
    private readonly int[] _counts = new int[RepeatHabit.MaxDepth];
    private readonly float[] _hidden = new float[RepeatHabit.MaxDepth];
    private int _length;

    /// <summary>At most <see cref="RepeatHabit.MaxDepth"/>.</summary>
    public ReadOnlySpan<int> Items => _items.AsSpan(0, _length);

    /// <summary>How often each of <see cref="Items"/> was met, at least 1.</summary>
    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, _length);

    public void Look(ReadOnlySpan<int> items)
    {
        Clear();
        for (var i = items.Length - 1; i >= 0; i--)
            Meet(items[i]);
    }

    /// <summary>Unknown items are left out.</summary>
    public void Look(ReadOnlySpan<HistoryEvent> events)
    {
        Clear();
        for (var i = events.Length - 1; i >= 0; i--)
        {
            if ((uint)events[i].Item < (uint)_place.Length)
                Meet(events[i].Item);
        }
    }

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

    private void Meet(int item)
    {
        if (_place[item] > 0)
        {
            _counts[_place[item] - 1]++;
        }
        else if (_length < _items.Length)
        {
            (_items[_length], _counts[_length]) = (item, 1);
            _place[item] = ++_length;
        }
    }

    private void Clear()
    {
        foreach (var item in Items)
            _place[item] = 0;
        _length = 0;
    }
}
