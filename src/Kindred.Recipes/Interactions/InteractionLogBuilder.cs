using System.Text;
using Kindred.Files;

namespace Kindred.Recipes.Interactions;

/// <summary>Collects interactions in any order. One instance per log; not for concurrent use.</summary>
public sealed class InteractionLogBuilder
{
    /// <summary>
    /// Types that are told apart; interactions of any further type train as such without a type. Data with so many have no types but
    /// something else in their column, and a training does not die of it.
    /// </summary>
    public const int MaxEventTypes = short.MaxValue;

    private readonly IdTableBuilder _users = new();
    private readonly IdTableBuilder _itemIds = new();
    private readonly IdTableBuilder _types = new();
    private readonly ChunkedColumn<int> _user = new();
    private readonly ChunkedColumn<int> _item = new();
    private readonly ChunkedColumn<long> _time = new();
    private readonly ChunkedColumn<short> _type = new(absent: -1);
    private readonly ChunkedColumn<float> _value = new(absent: float.NaN);
    private readonly List<ContextCells> _contexts = [];

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
    public void Add(
        ReadOnlySpan<char> user, ReadOnlySpan<char> item, long timestamp, ReadOnlySpan<char> eventType = default,
        float eventValue = float.NaN) =>
        AddCoded(_users.Intern(user), _itemIds.Intern(item), timestamp, eventType.IsEmpty ? -1 : _types.Intern(eventType), eventValue);

    /// <summary>Adds a batch whose ids are codes into dictionaries of its own. Each dictionary entry is looked up once.</summary>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public void AddBatch(in InteractionColumns batch)
    {
        batch.ThrowIfUneven();
        var users = Intern(_users, batch.UserDictionary);
        var items = Intern(_itemIds, batch.ItemDictionary);
        var types = Intern(_types, batch.EventTypeDictionary);
        var first = Count;
        foreach (var (_, texts) in batch.Contexts)
        {
            if (texts.Length < batch.Timestamps.Length)
                throw new ArgumentException($"A batch of {batch.Timestamps.Length} interactions has {texts.Length} values of context.");
        }
        for (var i = 0; i < batch.Timestamps.Length; i++)
        {
            var type = batch.EventTypes.IsEmpty || batch.EventTypes[i] < 0 ? -1 : types[batch.EventTypes[i]];
            AddCoded(
                users[batch.Users[i]], items[batch.Items[i]], batch.Timestamps[i], type,
                batch.EventValues.IsEmpty ? float.NaN : batch.EventValues[i]);
        }
        foreach (var (column, texts) in batch.Contexts)
        {
            for (var i = 0; i < batch.Timestamps.Length; i++)
            {
                if (texts[i] is { } text)
                    SetContext(first + i, column, text);
            }
        }
    }

    /// <summary>Adds one interaction by codes that the Intern methods gave.</summary>
    public void AddCoded(int user, int item, long timestamp, int eventType = -1, float eventValue = float.NaN)
    {
        _user.Add(user);
        _item.Add(item);
        _time.Add(timestamp);
        _type.Add(eventType < MaxEventTypes ? (short)eventType : (short)-1);
        _value.Add(eventValue);
    }

    /// <summary>Adds a column that every interaction may have a value in; before or between interactions.</summary>
    /// <param name="name">Its name in the schema or the header.</param>
    /// <param name="isNumeric">Whether it holds numbers rather than categories; null = its values tell.</param>
    /// <returns>Its number, for <see cref="SetContext(int, int, ReadOnlySpan{byte})"/>.</returns>
    public int AddContext(string name, bool? isNumeric = null)
    {
        _contexts.Add(new ContextCells(name, isNumeric));
        return _contexts.Count - 1;
    }

    /// <summary>Sets the value of an interaction that was added, counted from 0 in the order of adding.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <param name="column">What <see cref="AddContext"/> gave.</param>
    /// <param name="utf8">
    /// Its value, spelled as in a CSV; empty, <c>nan</c> and <c>null</c> are none, and so is what is no number in a numeric column.
    /// </param>
    public void SetContext(int interaction, int column, ReadOnlySpan<byte> utf8)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)interaction, (uint)Count, nameof(interaction));
        _contexts[column].Set(interaction, utf8);
    }

    /// <inheritdoc cref="SetContext(int, int, ReadOnlySpan{byte})"/>
    public void SetContext(int interaction, int column, ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = most <= 1024 ? stackalloc byte[most] : new byte[most];
        SetContext(interaction, column, (ReadOnlySpan<byte>)buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    /// <summary>
    /// Decides what columns of an unknown kind hold, and drops those that can say nothing: without values, with one value only, with too
    /// many.
    /// </summary>
    /// <returns>The dropped ones, and why, for people.</returns>
    public IReadOnlyList<(string Name, string Reason)> SettleContexts()
    {
        var dropped = new List<(string, string)>();
        foreach (var column in _contexts.ToArray())
        {
            if (column.Settle(Count) is not { } reason)
                continue;
            dropped.Add((column.Name, reason));
            _contexts.Remove(column);
        }
        return dropped;
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
        var starts = ChunkedColumn<int>.CountStarts(_user, _users.Count);
        var count = Count;
        int[][] contexts = [.. _contexts.Select(column => column.Take(count).TakeArrangedBy(_user, starts))];
        var order = new InteractionOrder(
            starts, _item.TakeArrangedBy(_user, starts), _time.TakeArrangedBy(_user, starts), _type.TakeArrangedBy(_user, starts),
            _value.TakeArrangedBy(_user, starts), contexts);
        _user.Clear();
        order.SortByTime();
        order.RemoveRepeated();
        var types = _types.Build();
        var weights = new float[types.Count + 1];
        Array.Fill(weights, 1f);
        return new InteractionLog(
            _users.Build(), _itemIds.Build(), [.. Enumerable.Range(0, types.Count).Select(type => types[type])], weights,
            starts, order.Items, Seconds(order.Times), order.Types, order.Values,
            [.. _contexts.Zip(order.Contexts, (column, codes) => column.Build(codes))]);
    }

    private long[] Seconds(long[] ticks)
    {
        for (var i = 0; TicksPerSecond > 1 && i < ticks.Length; i++)
            ticks[i] = (ticks[i] >= 0 ? ticks[i] : ticks[i] - TicksPerSecond + 1) / TicksPerSecond; // rounds down, also before 1970
        return ticks;
    }

    private static int[] Intern(IdTableBuilder table, ReadOnlySpan<string> ids)
    {
        var codes = new int[ids.Length];
        for (var i = 0; i < ids.Length; i++)
            codes[i] = table.Intern(ids[i]);
        return codes;
    }
}
