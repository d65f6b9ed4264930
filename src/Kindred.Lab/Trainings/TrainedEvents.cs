using System.Collections;
using Kindred.Lab.Files;
using Kindred.Recipes;
using Kindred.Recipes.Interactions;

namespace Kindred.Lab.Trainings;

/// <summary>The events that a model was trained on, to be taken in again beside newer ones. An event that both have counts once.</summary>
internal sealed class TrainedEvents
{
    private readonly int[] _starts;
    private readonly int[] _items;
    private readonly long[] _times;
    private readonly short[] _types;
    private readonly BitArray _isMatched;

    private TrainedEvents(int users, int events) =>
        (_starts, _items, _times, _types, _isMatched) =
            (new int[users + 1], new int[events], new long[events], new short[events], new BitArray(events));

    /// <summary>Events of the newer file that the model had as well.</summary>
    public long Matched { get; private set; }

    /// <summary>Adds a model's events to an empty builder, items that were met first and in the model's order.</summary>
    public static TrainedEvents AddTo(InteractionLogBuilder builder, ModelFile model)
    {
        using var lease = model.Artifact.Lease();
        var (items, users) = (model.Model.Items, model.Histories.Users);
        for (var item = 0; item < model.Model.MetItems; item++)
            builder.InternItem(items.Bytes(item));
        int[] types = [.. model.Model.EventTypes.Select(type => builder.InternEventType(type))];
        var lengths = Enumerable.Range(0, users.Count).Select(model.Histories.LengthOf).ToArray();
        var known = new TrainedEvents(users.Count, lengths.Sum());
        for (var user = 0; user < users.Count; user++)
        {
            var code = builder.InternUser(users.Bytes(user));
            var history = new HistoryEvent[lengths[user]];
            model.Histories.Copy(user, history);
            var next = known._starts[user];
            foreach (var happened in history)
            {
                var type = happened.EventType < 0 ? -1 : types[happened.EventType];
                builder.AddCoded(code, happened.Item, happened.Timestamp * FieldText.TicksPerSecond, type);
                (known._items[next], known._times[next], known._types[next]) = (happened.Item, happened.Timestamp, (short)type);
                next++;
            }
            known._starts[user + 1] = next;
        }
        return known;
    }

    /// <summary>Finds an event among the model's, which each match one event.</summary>
    /// <param name="user">Code in the builder.</param>
    /// <param name="item">Code in the builder.</param>
    /// <param name="ticks">Time in ticks of the builder.</param>
    /// <param name="type">Code in the builder, or -1.</param>
    /// <returns>Its place in the builder, or -1.</returns>
    public int Match(int user, int item, long ticks, int type)
    {
        if (user >= _starts.Length - 1)
            return -1;
        var second = ticks >= 0 ? ticks / FieldText.TicksPerSecond : (ticks - FieldText.TicksPerSecond + 1) / FieldText.TicksPerSecond;
        var (start, end) = (_starts[user], _starts[user + 1]);
        for (var i = FirstAt(second, start, end); i < end && _times[i] == second; i++)
        {
            if (_items[i] != item || _types[i] != type || _isMatched[i])
                continue;
            _isMatched[i] = true;
            Matched++;
            return i;
        }
        return -1;
    }

    private int FirstAt(long second, int low, int high)
    {
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            (low, high) = _times[middle] < second ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
