using Kindred.Recipes;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

namespace Kindred.Examples;

/// <summary>
/// The example of <c>docs/adding.md</c>: items by how many events they have, whoever they are of. It is one file and one registration,
/// and lies outside the product.
/// </summary>
internal sealed class MostEventsRecipe : IRecipe
{
    public RecipeDescription Description { get; } = new()
    {
        Name = "kindred-example-most-events", RecipeType = RecipeTypes.PopularItems,
        Description = "Ranks items by how many events they have.",
        AlgorithmName = "kindred-example-most-events", FeatureTransformationName = "kindred-example-most-events",
    };

    public IReadOnlyList<TrainingEffort> Efforts { get; } = [TrainingEffort.Quick];

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        run.Report(0, "counting events");
        var log = data.Interactions;
        var events = new double[log.ItemIds.Count];
        foreach (var item in log.Items) events[item]++;
        var total = events.Sum(static count => count + 0.5);
        var model = new Model(Description, log, [.. events.Select(count => (float)Math.Log((count + 0.5) / total))]);
        run.Report(1, "done");
        return model;
    }

    public ITrainedModel Open(ModelArtifact artifact) => new Model(Description, artifact);

    private sealed class Model : TrainedModel
    {
        public Model(RecipeDescription recipe, InteractionLog log, float[] logShares) : base(recipe, log, "events", logShares) { }

        public Model(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact) { }

        protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
        {
            LogShares.Span.CopyTo(scores);
            return default;
        }
    }
}
