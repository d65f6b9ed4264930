using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Sims;

/// <summary>
/// Items that the same users interact with: item-based collaborative filtering (Sarwar et al., WWW 2001) with a popularity discount.
/// </summary>
internal sealed class SimsRecipe(RecipeDescription description) : IRecipe
{
    public RecipeDescription Description { get; } = description;
    public IReadOnlyList<TrainingEffort> Efforts { get; } = [TrainingEffort.Quick];

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var log = data.Interactions;
        run.Report(0, "selecting users and items");
        var logShares = ItemPopularity.LogShares(ItemPopularity.CountUsers(log));
        var users = UserItems.Of(HistoryLengths.Filter(log, settings), ItemNeighbours.MaxItemsPerUser, []);
        // The percentiles limit what is recommended; whatever is asked for has relations.
        var isRecommended = IncludedItems(log, settings);
        run.Report(0.2, "counting co-occurrences");
        var neighbours = new ItemNeighbours(settings.Float("popularity_discount_factor"), settings.Integer("min_cointeraction_count"))
            .Train(users, Rows.MaxPerItem(log.ItemIds.Count), run, isRecommended);
        run.Report(1, "done");
        return new SimsModel(Description, log, logShares, neighbours, isRecommended);
    }

    public ITrainedModel Open(ModelArtifact artifact) => new SimsModel(Description, artifact);

    private static bool[] IncludedItems(InteractionLog log, RecipeSettings settings)
    {
        var counts = new int[log.ItemIds.Count];
        foreach (var item in log.Items)
            counts[item]++;
        return Percentiles.Between(
            counts, settings.Float("min_item_interaction_count_percentile"), settings.Float("max_item_interaction_count_percentile"));
    }
}
