using System.Runtime.InteropServices;

namespace Kindred.Recipes.Interactions;

/// <summary>Collects interactions in any order. One instance per log; not for concurrent use.</summary>
public sealed class InteractionLogBuilder
{
    private readonly IdTableBuilder _users = new();
    private readonly IdTableBuilder _itemIds = new();
    private readonly IdTableBuilder _types = new();
    private readonly ChunkedColumn<int> _user = new();
    private readonly ChunkedColumn<int> _item = new();
    private readonly ChunkedColumn<long> _time = new();
    private readonly ChunkedColumn<short> _type = new();
    private readonly ChunkedColumn<float> _value = new();

    /// <summary>Interactions added so far.</summary>
    public int Count => _item.Count;

    /// <summary>Different users so far.</summary>
    public int UserCount => _users.Count;

    /// <summary>Different items so far.</summary>
    public int ItemCount => _itemIds.Count;

    /// <summary>Different event types so far.</summary>
    public int EventTypeCount => _types.Count;

    /// <summary>
    /// Units of the timestamps that are added, per second; 1,000,000 lets events inside one second come into their order. The log itself
    /// counts whole seconds.
    /// </summary>
    public long TicksPerSecond { get; init; } = 1;

    /// <summary>Adds one interaction.</summary>
    /// <param name="user">User id.</param>
    /// <param name="item">Item id.</param>
    /// <param name="timestamp">Epoch seconds.</param>
    /// <param name="eventType">Its type; empty = none.</param>
    /// <param name="eventValue">Its value; NaN = none.</param>
    public void Add(ReadOnlySpan<char> user, ReadOnlySpan<char> item, long timestamp, ReadOnlySpan<char> eventType = default, float eventValue = float.NaN) =>
        AddCoded(_users.Intern(user), _itemIds.Intern(item), timestamp, eventType.IsEmpty ? -1 : _types.Intern(eventType), eventValue);

    /// <summary>Adds a batch whose ids are codes into dictionaries of its own. Each dictionary entry is looked up once.</summary>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public void AddBatch(in InteractionColumns batch)
    {
        batch.ThrowIfUneven();
        var users = Intern(_users, batch.UserDictionary);
        var items = Intern(_itemIds, batch.ItemDictionary);
        var types = Intern(_types, batch.EventTypeDictionary);
        for (var i = 0; i < batch.Timestamps.Length; i++)
        {
            var type = batch.EventTypes.IsEmpty || batch.EventTypes[i] < 0 ? -1 : types[batch.EventTypes[i]];
            AddCoded(users[batch.Users[i]], items[batch.Items[i]], batch.Timestamps[i], type, batch.EventValues.IsEmpty ? float.NaN : batch.EventValues[i]);
        }
    }

    /// <summary>Adds one interaction by codes that the Intern methods gave.</summary>
    public void AddCoded(int user, int item, long timestamp, int eventType = -1, float eventValue = float.NaN)
    {
        _user.Add(user);
        _item.Add(item);
        _time.Add(timestamp);
        _type.Add(checked((short)eventType));
        _value.Add(eventValue);
    }

    public int InternUser(ReadOnlySpan<char> id) => _users.Intern(id);
    public int InternUser(ReadOnlySpan<byte> utf8) => _users.Intern(utf8);
    public int InternItem(ReadOnlySpan<char> id) => _itemIds.Intern(id);
    public int InternItem(ReadOnlySpan<byte> utf8) => _itemIds.Intern(utf8);
    public int InternEventType(ReadOnlySpan<char> name) => _types.Intern(name);
    public int InternEventType(ReadOnlySpan<byte> utf8) => _types.Intern(utf8);

    /// <summary>
    /// Sorts by user, then time; equal times keep the order they were added in. Of interactions with the same user, item,
    /// time, type and value one is kept. Empties the builder column by column.
    /// </summary>
    public InteractionLog Build()
    {
        var users = _user.TakeArray();
        var starts = CountByUser(users);
        var order = OrderByUserThenTime(users, starts);
        var distinct = order.AsSpan(0, new DuplicateInteractions(_item, _time, _type, _value).Remove(order, starts));
        var types = _types.Build();
        var weights = new float[types.Count + 1];
        Array.Fill(weights, 1f);
        return new InteractionLog(
            _users.Build(), _itemIds.Build(), [.. Enumerable.Range(0, types.Count).Select(type => types[type])], weights,
            starts, Permute(_item, distinct), Seconds(Permute(_time, distinct)), Permute(_type, distinct), Permute(_value, distinct));
    }

    private long[] Seconds(long[] ticks)
    {
        for (var i = 0; TicksPerSecond > 1 && i < ticks.Length; i++)
            ticks[i] = (ticks[i] >= 0 ? ticks[i] : ticks[i] - TicksPerSecond + 1) / TicksPerSecond; // rounds down, also before 1970
        return ticks;
    }

    private int[] CountByUser(int[] users)
    {
        var starts = new int[_users.Count + 1];
        foreach (var user in users)
            starts[user + 1]++;
        for (var user = 0; user < _users.Count; user++)
            starts[user + 1] += starts[user];
        return starts;
    }

    private int[] OrderByUserThenTime(int[] users, int[] starts)
    {
        var order = new int[users.Length];
        var next = starts.AsSpan(0, starts.Length - 1).ToArray();
        for (var i = 0; i < users.Length; i++)
            order[next[users[i]]++] = i;
        var keys = new List<(long Time, int Arrival)>();
        for (var user = 0; user + 1 < starts.Length; user++)
        {
            var mine = order.AsSpan(starts[user]..starts[user + 1]);
            if (!IsSorted(mine))
                Sort(mine, keys);
        }
        return order;
    }

    private bool IsSorted(ReadOnlySpan<int> arrivals)
    {
        for (var i = 1; i < arrivals.Length; i++)
        {
            if (_time[arrivals[i]] < _time[arrivals[i - 1]])
                return false;
        }
        return true;
    }

    private void Sort(Span<int> arrivals, List<(long Time, int Arrival)> keys)
    {
        keys.Clear();
        foreach (var arrival in arrivals)
            keys.Add((_time[arrival], arrival));
        keys.Sort(); // by time, then arrival: a total order, so the unstable sort is stable
        var sorted = CollectionsMarshal.AsSpan(keys);
        for (var i = 0; i < sorted.Length; i++)
            arrivals[i] = sorted[i].Arrival;
    }

    private static int[] Intern(IdTableBuilder table, ReadOnlySpan<string> ids)
    {
        var codes = new int[ids.Length];
        for (var i = 0; i < ids.Length; i++)
            codes[i] = table.Intern(ids[i]);
        return codes;
    }

    private static T[] Permute<T>(ChunkedColumn<T> column, ReadOnlySpan<int> order) where T : unmanaged
    {
        var permuted = new T[order.Length];
        for (var i = 0; i < order.Length; i++)
            permuted[i] = column[order[i]];
        column.Clear();
        return permuted;
    }
}
