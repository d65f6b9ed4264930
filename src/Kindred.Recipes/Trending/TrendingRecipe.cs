using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Trending;

/// <summary>Items whose share of the users grows fastest, between windows as long as the trend discovery frequency.</summary>
internal sealed class TrendingRecipe(RecipeDescription description) : IRecipe
{
    public RecipeDescription Description { get; } = description;
    public IReadOnlyList<TrainingEffort> Efforts { get; } = [TrainingEffort.Quick];

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var log = data.Interactions;
        run.Report(0, "counting users");
        var logShares = ItemPopularity.LogShares(ItemPopularity.CountUsers(log));
        run.Report(0.3, "comparing windows");
        var scores = Trend.Scores(log, logShares, WindowSeconds(settings.Text("trend_discovery_frequency")), run.CancellationToken);
        run.Report(1, "done");
        return new TrendingModel(Description, log, logShares, scores);
    }

    public ITrainedModel Open(ModelArtifact artifact) => new TrendingModel(Description, artifact);

    internal static double WindowSeconds(string frequency) => frequency switch
    {
        "30 minutes" => 1800,
        "1 hour" => 3600,
        "2 hours" => 7200,
        "3 hours" => 10_800,
        "1 day" => 86_400,
        _ => throw new ArgumentException($"'{frequency}' is not a trend discovery frequency.", nameof(frequency)),
    };
}
