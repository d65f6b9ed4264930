using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Neighbours;

/// <summary>Item-based collaborative filtering (Sarwar et al., WWW 2001) with a popularity discount, by weighted and repeated events.</summary>
internal sealed class ItemNeighboursRecipe(RecipeDescription description) : IRecipe
{
    public RecipeDescription Description { get; } = description;
    public IReadOnlyList<TrainingEffort> Efforts { get; } = [TrainingEffort.Quick];

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var log = data.Interactions;
        run.Report(0, "counting users");
        var logShares = ItemPopularity.LogShares(ItemPopularity.CountUsers(log));
        run.Report(0.1, "counting co-occurrences");
        var rows = new ItemNeighbours(settings.Float("popularity_discount_factor"), settings.Integer("min_cointeraction_count")).Train(
            UserItems.Of(log, ItemNeighbours.MaxItemsPerUser, default, settings.Boolean("count_repeats")), Rows.MaxPerItem(log.ItemIds.Count), run);
        run.Report(1, "done");
        return new RowsModel(
            Description, log, "item-kNN + popularity", logShares, rows,
            new View(settings.Integer("history_length"), settings.Float("decay")));
    }

    public ITrainedModel Open(ModelArtifact artifact) => new RowsModel(Description, artifact);
}
