using System.Collections.Concurrent;

namespace Kindred.Recipes.Members;

/// <summary>The different known items of one history, newest first, each with the largest weight of its events. For one thread at a time.</summary>
internal sealed class HistoryItems(int itemCount)
{
    /// <summary>Newest different items of a history that count; also the most that a training takes of a user.</summary>
    public const int MaxItems = 1000;

    private readonly int[] _place = new int[itemCount]; // 1 + index among the items; 0 = not there
    private readonly int[] _items = new int[MaxItems];
    private readonly float[] _weights = new float[MaxItems];

    public int Count { get; private set; }
    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);
    public Span<float> Weights => _weights.AsSpan(0, Count);

    /// <summary>Collects; what was collected before is forgotten.</summary>
    /// <param name="history">Oldest first; unknown items are ignored.</param>
    /// <param name="typeWeights">Weight of an event by type + 1; items without a weight above 0 are left out. An unknown type counts as none.</param>
    public void Collect(ReadOnlySpan<HistoryEvent> history, ReadOnlySpan<float> typeWeights)
    {
        foreach (var item in Items)
            _place[item] = 0;
        Count = 0;
        for (var i = history.Length - 1; i >= 0; i--)
        {
            var (item, type) = (history[i].Item, history[i].EventType + 1);
            var weight = typeWeights[(uint)type < (uint)typeWeights.Length ? type : 0];
            if ((uint)item >= (uint)_place.Length || weight <= 0)
                continue;
            if (_place[item] > 0)
            {
                _weights[_place[item] - 1] = Math.Max(_weights[_place[item] - 1], weight);
            }
            else if (Count < MaxItems)
            {
                (_items[Count], _weights[Count]) = (item, weight);
                _place[item] = ++Count;
            }
        }
    }

    /// <summary>Idle instances for concurrent callers.</summary>
    internal sealed class Pool(int itemCount)
    {
        private readonly ConcurrentBag<HistoryItems> _idle = [];

        public HistoryItems Take() => _idle.TryTake(out var idle) ? idle : new HistoryItems(itemCount);

        /// <summary>Not to be called after an exception: the state would be unknown.</summary>
        public void Return(HistoryItems items) => _idle.Add(items);
    }
}
