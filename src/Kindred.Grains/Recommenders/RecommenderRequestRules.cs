using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Campaigns;
using Kindred.Grains.Resources;
using Kindred.Grains.Solutions;
using Kindred.Recipes.Catalog;

namespace Kindred.Grains.Recommenders;

/// <summary>What a recommender may be asked to be, beyond the contract's shapes.</summary>
internal static class RecommenderRequestRules
{
    /// <param name="datasets">Those of the group.</param>
    /// <exception cref="Contracts.Refusals.RefusedException">Something is wrong; the message lists all of it.</exception>
    /// <returns>The use case.</returns>
    public static RecipeDescription Check(CreateRecommenderRequest request, DatasetGroupRecord group, IReadOnlyList<DatasetState> datasets)
    {
        var faults = new Faults();
        var recipe = FindUseCase(request.RecipeArn, group, faults);
        if (datasets.All(dataset => dataset.Data.DatasetType != DatasetTypes.Interactions))
            faults.Add($"The dataset group {group.Arn} has no Interactions dataset; create one and import data first.");
        if (recipe is { NeedsItems: true })
            SolutionRequestRules.CheckItems(recipe, datasets.FirstOrDefault(dataset => dataset.Data.DatasetType == DatasetTypes.Items)?.Data, faults);
        if (recipe is not null) Check(request.RecommenderConfig, recipe, faults);
        faults.ThrowIfAny();
        return recipe!;
    }

    /// <exception cref="Contracts.Refusals.RefusedException">Something is wrong; the message lists all of it.</exception>
    public static void Check(RecommenderConfig config, RecipeDescription recipe)
    {
        var faults = new Faults();
        Check(config, recipe, faults);
        faults.ThrowIfAny();
    }

    private static void Check(RecommenderConfig? config, RecipeDescription recipe, Faults faults)
    {
        SolutionRequestRules.CheckColumns(config?.TrainingDataConfig, faults);
        if (config?.ItemExplorationConfig is { Count: > 0 } exploration) CampaignRequestRules.CheckExploration(exploration, recipe, faults);
    }

    private static RecipeDescription? FindUseCase(string arn, DatasetGroupRecord group, Faults faults)
    {
        var recipe = RecipeCatalog.FindByArn(arn);
        if (group.Domain is null)
            faults.Add($"The dataset group {group.Arn} has no domain; recommenders are for those of ECOMMERCE and VIDEO_ON_DEMAND, "
                + "and a group like this one has solutions and campaigns.");
        else if (recipe is null) faults.Add($"The recipe {arn} does not exist.");
        else if (recipe.Domain != group.Domain)
        {
            var purpose = recipe.Domain is null ? "for solutions" : $"a use case of the domain {recipe.Domain}";
            var useCases = RecipeCatalog.All.Where(other => other.Domain == group.Domain).Select(other => other.Name);
            faults.Add($"The recipe {recipe.Name} is {purpose}; one of {string.Join(", ", useCases)} was expected.");
        }
        else return recipe;
        return null;
    }
}
