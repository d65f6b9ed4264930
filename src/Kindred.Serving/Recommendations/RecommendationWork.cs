using System.Buffers;
using System.Text;
using Kindred.Recipes;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Exploration;
using Kindred.Serving.Groups;
using Kindred.Serving.Histories;
using Kindred.Serving.Items;
using Kindred.Serving.Models;
using Kindred.Serving.Records;
using Kindred.Serving.Scores;

namespace Kindred.Serving.Recommendations;

/// <summary>
/// The working set of one query: what a stage leaves for the next. Its buffers come from the shared pools; no stage allocates per
/// item. The model and the group stay open as long as it lives. For one thread.
/// </summary>
internal sealed class RecommendationWork : IDisposable
{
    private readonly byte[] _user;
    private readonly int _userBytes;
    private float[] _scores = [];
    private KeptScores? _kept;
    private readonly int[] _explored;
    private HistoryEvent[] _history = [];
    private int _events;
    private PlaceList _places;
    private double? _logSum;

    public RecommendationWork(RecommendationQuery query, OpenModel model, GroupView group)
    {
        (Query, Model, Group) = (query, model, group);
        var explores = query.Exploration.Weight > 0;
        // A filter may name any item that the group has.
        (Space, NewItems) = explores || query.Filter is not null || query.Promotion is not null ? model.SpaceOf(group) : (model.OwnSpace, null);
        if (!explores) NewItems = null;
        SeedItem = IsRelated && query.ItemId is { } item ? model.FindItem(item) : -1;

        var userId = query.UserId ?? "";
        _user = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(userId.Length));
        _userBytes = Encoding.UTF8.GetBytes(userId, _user);
        _explored = ArrayPool<int>.Shared.Rent(query.Count);
        // A given id that nobody knows takes an index behind the space.
        var extent = Space.Count + (query.Given?.Count ?? 0);
        (Met, Excluded) = (new ItemBits(extent), new ItemBits(extent));
        _places = new PlaceList(Math.Max(query.Count, query.Given?.Count ?? 0));
    }

    public RecommendationQuery Query { get; }
    public OpenModel Model { get; }
    public GroupView Group { get; }

    /// <summary>Gives every item of this query its index.</summary>
    public ItemSpace Space { get; }

    /// <summary>Those that the model has not met; null when the query does not explore.</summary>
    public NewItems? NewItems { get; }

    /// <summary>The item to relate to, or -1 when the model does not know it.</summary>
    public int SeedItem { get; }

    /// <summary>Whether the answer depends on who asks.</summary>
    public bool IsPersonal => Model.Recipe.RecipeType is not (RecipeTypes.RelatedItems or RecipeTypes.PopularItems);

    /// <summary>Whether the answer depends on an item.</summary>
    public bool IsRelated => Model.Recipe.RecipeType is RecipeTypes.RelatedItems;

    /// <summary>UTF-8 of the user's id.</summary>
    public ReadOnlySpan<byte> User => _user.AsSpan(0, _userBytes);

    /// <summary>What the user did, oldest first, in items of the model.</summary>
    public ReadOnlySpan<HistoryEvent> History => _history.AsSpan(0, _events);

    /// <summary>Items that the user had an event with: they come after everything else where the scores do not place them.</summary>
    public ItemBits Met { get; }

    /// <summary>Items that are never shown, whatever else is left.</summary>
    public ItemBits Excluded { get; }

    /// <summary>Given ids that nobody knows, by their index behind the space.</summary>
    public IEnumerable<(int Item, string Id)> UnknownGiven
    {
        get
        {
            for (var place = 0; place < (Query.Given?.Count ?? 0); place++)
            {
                if (Space.Find(Query.Given![place]) < 0) yield return (Space.Count + place, Query.Given[place]);
            }
        }
    }

    /// <summary>One per item of the model; not to be written to after <see cref="ScoreForUser"/>.</summary>
    public Span<float> Scores
    {
        get
        {
            if (_scores.Length == 0) _scores = ArrayPool<float>.Shared.Rent(Space.ModelItems);
            return _scores.AsSpan(0, Space.ModelItems);
        }
    }

    /// <summary>What the model said of the scores.</summary>
    public ScoreSummary Summary { get; set; }

    /// <summary>Whether nothing is known of the user, so that the scores are what is popular.</summary>
    public bool IsFallback { get; set; }

    /// <summary>Items of the space to be mixed in, best first.</summary>
    public Span<int> Explored => _explored.AsSpan(0, ExploredCount);

    /// <summary>Room for <see cref="Explored"/>.</summary>
    public Span<int> ExploredRoom => _explored.AsSpan(0, Query.Count);

    public int ExploredCount { get; set; }

    /// <summary>The answer so far.</summary>
    public ReadOnlySpan<Place> Places => _places.Places;

    /// <summary>What is known of the user now, or false; for rules that name the current user's columns.</summary>
    public bool TryGetUser(out KnownRecord user)
    {
        user = default;
        return Query.UserId is { } id && Group.Users.TryGet(id, out user);
    }

    /// <summary>Reads <see cref="History"/>, and marks what the user has met.</summary>
    public void ReadHistory(string userId)
    {
        _history = ArrayPool<HistoryEvent>.Shared.Rent(UserHistories.MaxEvents);
        _events = UserHistories.Read(Group, Model, userId, Space, _history, Met);
    }

    /// <summary>Scores the model's items for the user and their <see cref="History"/>, or finds what the model said for the same before.</summary>
    public void ScoreForUser()
    {
        var query = new ScoreQuery { User = User, History = History, Context = Query.Context };
        if (Model.Scores is not { } cache || !Query.KeepsScores)
        {
            Summary = Model.Model.Score(query, Scores);
            return;
        }
        var key = cache.KeyOf(query);
        if (!cache.TryHold(key, out _kept))
        {
            var scores = ArrayPool<float>.Shared.Rent(Space.ModelItems);
            _kept = cache.Add(key, scores, Model.Model.Score(query, scores.AsSpan(0, Space.ModelItems)));
        }
        (_scores, Summary) = (_kept.Scores, _kept.Summary);
    }

    /// <returns>The score that the recipe publishes for an item of the model, its softmax over all of them; null where it publishes none.</returns>
    public double? PublishedScore(int item)
    {
        if (!Model.Model.HasScores) return null;
        _logSum ??= Summary.LogSumOver(Scores);
        return Math.Exp(_scores[item] - _logSum.Value);
    }

    public void Add(Place place) => _places.Add(place);

    /// <summary>The answer is this instead.</summary>
    public void Replace(PlaceList places)
    {
        _places.Dispose();
        _places = places;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_user);
        if (_kept is not null) _kept.Release();
        else if (_scores.Length > 0) ArrayPool<float>.Shared.Return(_scores);
        ArrayPool<int>.Shared.Return(_explored);
        if (_history.Length > 0) ArrayPool<HistoryEvent>.Shared.Return(_history);
        Met.Dispose();
        Excluded.Dispose();
        _places.Dispose();
    }
}
