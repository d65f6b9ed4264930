using Kindred.Recipes;
using Kindred.Recipes.Histories;
using Kindred.Recipes.Interactions;

namespace Kindred.Lab.Recommendations;

/// <summary>What the model was trained on and what came since, as one history per user. Safe for concurrent callers.</summary>
/// <remarks>Merged by time; at one time what was known comes first. An event that both have counts once.</remarks>
internal sealed class MergedHistories
{
    private readonly IUserHistories _known;
    private readonly InteractionLog? _newer;
    private readonly int[] _items;
    private readonly int[] _types;

    /// <param name="model">Its codes are those of the merged histories.</param>
    /// <param name="known">In the model's codes.</param>
    /// <param name="newer">In codes of its own, or null.</param>
    public MergedHistories(ITrainedModel model, IUserHistories known, InteractionLog? newer)
    {
        (_known, _newer) = (known, newer);
        _items = newer is null ? [] : new int[newer.ItemIds.Count];
        for (var item = 0; item < _items.Length; item++)
            _items[item] = model.Items.TryFind(newer!.ItemIds.Bytes(item), out var code) ? code : -1;
        _types = newer is null ? [] : [.. newer.EventTypes.Select(type => IndexOf(model.EventTypes, type))];
    }

    /// <summary>Items of the newer events that the model does not know.</summary>
    public int UnknownItems => _items.AsSpan().Count(-1);

    /// <summary>A user's events, oldest first; empty for somebody unknown.</summary>
    public HistoryEvent[] Of(ReadOnlySpan<byte> user)
    {
        HistoryEvent[] known = [];
        if (_known.Users.TryFind(user, out var knownUser))
            _known.Copy(knownUser, known = new HistoryEvent[_known.LengthOf(knownUser)]);
        if (_newer is null || !_newer.UserIds.TryFind(user, out var newUser))
            return known;
        var newer = new HistoryEvent[_newer.InteractionsOf(newUser)];
        _newer.CopyHistory(_newer.UserStarts[newUser], newer);
        for (var i = 0; i < newer.Length; i++)
            newer[i] = new HistoryEvent(_items[newer[i].Item], newer[i].EventType < 0 ? -1 : _types[newer[i].EventType], newer[i].Timestamp);
        return known.Length == 0 ? newer : Merge(known, newer);
    }

    private static HistoryEvent[] Merge(HistoryEvent[] known, HistoryEvent[] newer)
    {
        var merged = new List<HistoryEvent>(known.Length + newer.Length);
        var isKnown = newer[0].Timestamp <= known[^1].Timestamp ? known.ToHashSet() : [];
        var next = 0;
        foreach (var happened in newer)
        {
            while (next < known.Length && known[next].Timestamp <= happened.Timestamp)
                merged.Add(known[next++]);
            if (!isKnown.Contains(happened))
                merged.Add(happened);
        }
        merged.AddRange(known.AsSpan(next));
        return [.. merged];
    }

    private static int IndexOf(IReadOnlyList<string> types, string type)
    {
        for (var i = 0; i < types.Count; i++)
        {
            if (types[i] == type)
                return i;
        }
        return -1;
    }
}
