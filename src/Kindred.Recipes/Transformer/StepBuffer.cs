using System.Numerics;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// One user's history as steps: repeats of an item in a row are one step, with the time and type of its last event and the largest weight
/// (view, view, add to cart, purchase of one product is one step). Grows to the longest history it has held.
/// </summary>
internal sealed class StepBuffer
{
    private long _last;

    public int[] Items { get; private set; } = new int[256];
    public int[] Types { get; private set; } = new int[256];
    public int[] Gaps { get; private set; } = new int[256];
    public float[] Weights { get; private set; } = new float[256];

    /// <summary>First event of each step, in the log or history that was read: what was known when the step was still to come.</summary>
    public int[] Firsts { get; private set; } = new int[256];
    public int Count { get; private set; }

    /// <summary>Steps of a user without building them.</summary>
    public static int CountOf(InteractionLog log, int user)
    {
        var items = log.Items[log.UserStarts[user]..log.UserStarts[user + 1]];
        var count = 0;
        for (var i = 0; i < items.Length; i++)
            count += i == 0 || items[i] != items[i - 1] ? 1 : 0;
        return count;
    }

    public void Read(InteractionLog log, int user)
    {
        Count = 0;
        var items = log.Items;
        var types = log.EventTypeCodes;
        var times = log.Timestamps;
        for (var i = log.UserStarts[user]; i < log.UserStarts[user + 1]; i++)
            Add(items[i], types[i], times[i], log.WeightOf(i), i);
    }

    /// <summary>Takes the newest steps of a history. Unknown items and event types are passed over.</summary>
    public void Read(ReadOnlySpan<HistoryEvent> history, int itemCount, int eventTypes, int most)
    {
        // One step more than is kept, since the oldest kept one wants to know the time of the one before.
        var (first, found, previous) = (history.Length, 0, -1);
        while (first > 0)
        {
            var item = history[first - 1].Item;
            if ((uint)item < (uint)itemCount && item != previous)
            {
                if (found > most)
                    break;
                (previous, found) = (item, found + 1);
            }
            first--;
        }
        Count = 0;
        for (var i = first; i < history.Length; i++)
        {
            var item = history[i].Item;
            if ((uint)item < (uint)itemCount)
                Add(item, (uint)history[i].EventType < (uint)eventTypes ? history[i].EventType : -1, history[i].Timestamp, 1, i);
        }
    }

    /// <summary>Forgets the steps after the first <paramref name="count"/>.</summary>
    public void Truncate(int count) => Count = Math.Min(Count, count);

    private void Add(int item, int type, long time, float weight, int place)
    {
        if (Count > 0 && Items[Count - 1] == item)
        {
            Types[Count - 1] = type + 1;
            Weights[Count - 1] = Math.Max(Weights[Count - 1], weight);
            _last = time;
            return;
        }
        if (Count == Items.Length)
            Grow();
        Items[Count] = item;
        Types[Count] = type + 1;
        Gaps[Count] = Count == 0 ? 0 : GapOf(time, _last);
        (Weights[Count], Firsts[Count]) = (weight, place);
        _last = time;
        Count++;
    }

    /// <summary>0 = the first step; 1 = at the same time; then one bucket for each doubling of the seconds.</summary>
    private static int GapOf(long time, long last) =>
        time <= last ? 1 : Math.Min(WeightLayout.GapBuckets - 1, 2 + BitOperations.Log2((ulong)time - (ulong)last));

    private void Grow()
    {
        Items = Larger(Items);
        Types = Larger(Types);
        Gaps = Larger(Gaps);
        Weights = Larger(Weights);
        Firsts = Larger(Firsts);
    }

    private static T[] Larger<T>(T[] values)
    {
        Array.Resize(ref values, 2 * values.Length);
        return values;
    }
}
