using Kindred.Files;
using Kindred.Recipes;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Models;
using Kindred.Serving.Scores;

namespace Kindred.Serving.Tests.World;

/// <summary>A model whose answers a test can foresee: the first item scores best, unless <see cref="Score"/> says otherwise.</summary>
internal sealed class FakeModel : ITrainedModel
{
    private readonly string[] _items;
    private FakeModel? _original;
    private int _disposed;

    public FakeModel(string recipe, params string[] items)
    {
        Recipe = RecipeCatalog.Find(recipe)!;
        _items = items;
        var builder = new IdTableBuilder();
        foreach (var item in items) builder.Intern(item);
        Items = builder.Build();
    }

    public RecipeDescription Recipe { get; }
    public IdTable Items { get; }
    public int UnmetItems { get; init; }
    public bool PlacesMetItems { get; init; }
    public int MetItems => Items.Count - UnmetItems;
    public IReadOnlyList<string> EventTypes { get; init; } = ["View", "Purchase"];
    public string Rung => "fake";
    public bool HasScores => Recipe.HasScores;
    public bool IsDisposed => Volatile.Read(ref _disposed) > 0;
    public int Disposals => _disposed;
    public Func<HistoryEvent[], int, float>? Score { get; init; }
    public Func<int, int, float>? Relation { get; init; }
    public HistoryEvent[] LastHistory { get; private set; } = [];

    ScoreSummary ITrainedModel.Score(in ScoreQuery query, Span<float> scores)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var seen = query.History.ToArray();
        (_original ?? this).LastHistory = seen;
        for (var item = 0; item < scores.Length; item++) scores[item] = Score?.Invoke(seen, item) ?? -item;
        return default;
    }

    public bool TryScoreRelated(in RelatedQuery query, Span<float> scores)
    {
        if (Relation is null) return false;
        for (var other = 0; other < scores.Length; other++)
            scores[other] = Relation(query.Item, other) + other * (query.PopularityInfluence + 100 * query.FreshnessInfluence);
        return true;
    }

    public void Save(Stream destination) => throw new NotSupportedException();
    public void Save(Stream destination, Action<ArtifactWriter> addition) => throw new NotSupportedException();
    public void Dispose() => Interlocked.Increment(ref _disposed);

    /// <summary>The same model as a store opens it again: disposed on its own, its requests noted by the original.</summary>
    public FakeModel Copy() =>
        new(Recipe.Name, _items)
        {
            EventTypes = EventTypes, Score = Score, UnmetItems = UnmetItems, PlacesMetItems = PlacesMetItems, Relation = Relation, _original = this,
        };

    public OpenModel Open(long sizeBytes = 100, ScoreCache? cache = null) => new(this, sizeBytes, cache: cache);
}
