using Kindred.Files;

namespace Kindred.Recipes.Interactions;

/// <summary>
/// All interactions of a tenant's dataset in memory, as columns sorted by user, then time; equal times keep the order they arrived in.
/// 18 bytes per interaction, and 4 for each column of context. Immutable.
/// </summary>
public sealed class InteractionLog
{
    private readonly int[] _userStarts;
    private readonly int[] _items;
    private readonly long[] _timestamps;
    private readonly short[] _eventTypes;
    private readonly float[] _eventValues;
    private readonly float[] _typeWeights;

    internal InteractionLog(
        IdTable users, IdTable items, IReadOnlyList<string> eventTypes, float[] typeWeights,
        int[] userStarts, int[] itemCodes, long[] timestamps, short[] eventTypeCodes,
        float[] eventValues, IReadOnlyList<ContextColumn>? contexts = null)
    {
        (UserIds, ItemIds, EventTypes, _typeWeights) = (users, items, eventTypes, typeWeights);
        (_userStarts, _items, _timestamps, _eventTypes, _eventValues) = (userStarts, itemCodes, timestamps, eventTypeCodes, eventValues);
        Contexts = contexts ?? [];
    }

    /// <summary>The users; a user may have no interactions (after <see cref="Select"/>).</summary>
    public IdTable UserIds { get; }

    /// <summary>The items; an item may have no interactions.</summary>
    public IdTable ItemIds { get; }

    public IReadOnlyList<string> EventTypes { get; }

    /// <summary>Number of interactions.</summary>
    public int Count => _items.Length;

    /// <summary>Item of each interaction, shape [Count].</summary>
    public ReadOnlySpan<int> Items => _items;

    /// <summary>Epoch seconds of each interaction, shape [Count].</summary>
    public ReadOnlySpan<long> Timestamps => _timestamps;

    /// <summary>Event type of each interaction, -1 = none, shape [Count].</summary>
    public ReadOnlySpan<short> EventTypeCodes => _eventTypes;

    /// <summary>Event value of each interaction, NaN = none, shape [Count].</summary>
    public ReadOnlySpan<float> EventValues => _eventValues;

    /// <summary>Where each user's interactions begin, shape [users + 1].</summary>
    public ReadOnlySpan<int> UserStarts => _userStarts;

    /// <summary>Weight of an interaction by event type + 1 (0 = without a type), shape [EventTypes.Count + 1]; all 1 without weights.</summary>
    public ReadOnlySpan<float> TypeWeights => _typeWeights;

    /// <summary>What is known of interactions besides, such as a device; empty = nothing.</summary>
    public IReadOnlyList<ContextColumn> Contexts { get; }

    internal ReadOnlyMemory<int> ItemColumn => _items;
    internal ReadOnlyMemory<long> TimestampColumn => _timestamps;
    internal ReadOnlyMemory<short> EventTypeColumn => _eventTypes;
    internal ReadOnlyMemory<int> UserStartColumn => _userStarts;

    public int InteractionsOf(int user) => _userStarts[user + 1] - _userStarts[user];

    /// <summary>How much an interaction counts as something to predict.</summary>
    public float WeightOf(int interaction) => _typeWeights[_eventTypes[interaction] + 1];

    /// <summary>The context of an interaction as a request would give it; null when nothing is known of it.</summary>
    public EventContext? ContextOf(int interaction)
    {
        var values = new List<KeyValuePair<string, string>>(Contexts.Count);
        foreach (var column in Contexts)
        {
            if (column.Text(interaction) is { } text)
                values.Add(new(column.Name, text));
        }
        return values.Count == 0 ? null : new EventContext(values);
    }

    /// <summary>Number of users with at least <paramref name="least"/> interactions.</summary>
    public int UsersWith(int least)
    {
        var users = 0;
        for (var user = 0; user < UserIds.Count; user++)
            users += InteractionsOf(user) >= least ? 1 : 0;
        return users;
    }

    /// <summary>Number of items with an interaction.</summary>
    public int DistinctItems()
    {
        var isSeen = new bool[ItemIds.Count];
        foreach (var item in _items)
            isSeen[item] = true;
        return isSeen.AsSpan().Count(true);
    }

    /// <summary>Copies interactions <paramref name="from"/>.. as history events, oldest first.</summary>
    public void CopyHistory(int from, Span<HistoryEvent> history)
    {
        for (var i = 0; i < history.Length; i++)
            history[i] = new HistoryEvent(_items[from + i], _eventTypes[from + i], _timestamps[from + i]);
    }

    /// <summary>The interactions that <paramref name="selection"/> lets count, with its weights. Ids keep their codes.</summary>
    public InteractionLog Select(EventSelection selection) => new InteractionSelector(this).Select(selection);

    /// <summary>The same interactions with other codes of items.</summary>
    /// <param name="items">The same ids in another order.</param>
    /// <param name="codes">The new code of each item, shape [items].</param>
    internal InteractionLog WithItems(IdTable items, int[] codes) => new(
        UserIds, items, EventTypes, _typeWeights, _userStarts, Array.ConvertAll(_items, item => codes[item]), _timestamps, _eventTypes, _eventValues,
        Contexts);

    /// <summary>The interactions at <paramref name="keep"/>, shape [Count]. Ids keep their codes.</summary>
    internal InteractionLog Where(ReadOnlySpan<bool> keep, float[]? typeWeights = null)
    {
        var kept = keep.Count(true);
        var starts = new int[_userStarts.Length];
        var (items, timestamps, types, values) = (new int[kept], new long[kept], new short[kept], new float[kept]);
        var next = 0;
        for (var user = 0; user < UserIds.Count; user++)
        {
            for (var i = _userStarts[user]; i < _userStarts[user + 1]; i++)
            {
                if (!keep[i])
                    continue;
                (items[next], timestamps[next], types[next], values[next]) = (_items[i], _timestamps[i], _eventTypes[i], _eventValues[i]);
                next++;
            }
            starts[user + 1] = next;
        }
        ContextColumn[] contexts = new ContextColumn[Contexts.Count];
        for (var column = 0; column < contexts.Length; column++)
            contexts[column] = Contexts[column].Where(keep, kept);
        return new InteractionLog(UserIds, ItemIds, EventTypes, typeWeights ?? _typeWeights, starts, items, timestamps, types, values, contexts);
    }
}
