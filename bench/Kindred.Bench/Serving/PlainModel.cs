using Kindred.Files;
using Kindred.Recipes;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;

namespace Kindred.Bench.Serving;

/// <summary>A model that costs a request nothing but a copy of its scores, so that what remains is the pipeline's own.</summary>
internal sealed class PlainModel : ITrainedModel
{
    private readonly float[] _scores;

    public PlainModel(string recipe, int items)
    {
        Recipe = RecipeCatalog.Find(recipe)!;
        var ids = new IdTableBuilder();
        for (var item = 0; item < items; item++) ids.Intern($"item{item}");
        Items = ids.Build();
        var random = new Random(1);
        _scores = [.. Enumerable.Range(0, items).Select(_ => random.NextSingle())];
    }

    public RecipeDescription Recipe { get; }
    public IdTable Items { get; }
    public IReadOnlyList<string> EventTypes { get; } = ["View"];
    public string Rung => "plain";
    public bool HasScores => Recipe.HasScores;

    public ScoreSummary Score(in ScoreQuery query, Span<float> scores)
    {
        _scores.CopyTo(scores);
        return default;
    }

    public bool TryScoreRelated(in RelatedQuery query, Span<float> scores) => false;
    public void Save(Stream destination) => throw new NotSupportedException();
    public void Save(Stream destination, Action<ArtifactWriter> addition) => throw new NotSupportedException();
    public void Dispose() { }
}
