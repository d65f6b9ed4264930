using Kindred.Files;
using Kindred.Recipes;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;

namespace Kindred.Serving.Tests.Scores;

/// <summary>A model that looks at the device of a request.</summary>
internal sealed class ContextModel : ITrainedModel
{
    public RecipeDescription Recipe { get; } = RecipeCatalog.Find("aws-user-personalization-v2")!;
    public IdTable Items { get; } = new IdTableBuilder().Build();
    public IReadOnlyList<string> EventTypes => [];
    public string Rung => "context";
    public bool HasScores => false;
    public IReadOnlyList<string> ContextColumns => ["DEVICE"];
    public ScoreSummary Score(in ScoreQuery query, Span<float> scores) => default;
    public bool TryScoreRelated(in RelatedQuery query, Span<float> scores) => false;
    public void Save(Stream destination) => throw new NotSupportedException();
    public void Save(Stream destination, Action<ArtifactWriter> addition) => throw new NotSupportedException();
    public void Dispose() { }
}
