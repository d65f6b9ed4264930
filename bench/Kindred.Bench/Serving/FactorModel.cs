using Kindred.Files;
using Kindred.Numerics.Dense;
using Kindred.Recipes;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;

namespace Kindred.Bench.Serving;

/// <summary>A model of random factors: a user is the mean of what they did, an item's score the inner product with it.</summary>
internal sealed class FactorModel : ITrainedModel
{
    private readonly int _dimensions;
    private readonly float[] _factors;

    public FactorModel(string recipe, int items, int dimensions)
    {
        Recipe = RecipeCatalog.Find(recipe)!;
        var ids = new IdTableBuilder();
        for (var item = 0; item < items; item++) ids.Intern($"item{item}");
        Items = ids.Build();
        _dimensions = dimensions;
        var random = new Random(1);
        _factors = [.. Enumerable.Range(0, items * dimensions).Select(_ => random.NextSingle() - 0.5f)];
    }

    public RecipeDescription Recipe { get; }
    public IdTable Items { get; }
    public IReadOnlyList<string> EventTypes { get; } = ["View", "Purchase"];
    public string Rung => "factors";
    public bool HasScores => Recipe.HasScores;

    public ScoreSummary Score(in ScoreQuery query, Span<float> scores)
    {
        Span<float> user = stackalloc float[_dimensions];
        user.Clear();
        foreach (var e in query.History)
        {
            var item = _factors.AsSpan(e.Item * _dimensions, _dimensions);
            for (var i = 0; i < _dimensions; i++) user[i] += item[i] / query.History.Length;
        }
        for (var item = 0; item < scores.Length; item++)
            scores[item] = VectorMath.Dot(user, _factors.AsSpan(item * _dimensions, _dimensions));
        return default;
    }

    public bool TryScoreRelated(in RelatedQuery query, Span<float> scores) => false;
    public void Save(Stream destination) => throw new NotSupportedException();
    public void Save(Stream destination, Action<ArtifactWriter> addition) => throw new NotSupportedException();
    public void Dispose() { }
}
