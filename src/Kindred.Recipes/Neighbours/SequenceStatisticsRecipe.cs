using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Neighbours;

/// <summary>What follows what within a few steps of a user's sequence, counted with a decay and discounted by popularity.</summary>
internal sealed class SequenceStatisticsRecipe(RecipeDescription description) : IRecipe
{
    public RecipeDescription Description { get; } = description;
    public IReadOnlyList<TrainingEffort> Efforts { get; } = [TrainingEffort.Quick];

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var log = data.Interactions;
        run.Report(0, "counting users");
        var logShares = ItemPopularity.LogShares(ItemPopularity.CountUsers(log));
        run.Report(0.1, "counting sequences");
        var statistics = new SequenceStatistics(
            settings.Integer("max_lag"), settings.Float("lag_power"), settings.Float("from_power"), settings.Float("to_power"));
        var rows = statistics.Train(Sequences.Of(log), Rows.MaxPerItem(log.ItemIds.Count), run);
        run.Report(1, "done");
        return new RowsModel(
            Description, log, "sequence statistics + popularity", logShares,
            rows, new View(settings.Integer("history_length"), settings.Float("decay")));
    }

    public ITrainedModel Open(ModelArtifact artifact) => new RowsModel(Description, artifact);
}
