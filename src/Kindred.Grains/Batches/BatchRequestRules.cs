using Kindred.Contracts.Protocol;
using Kindred.Grains.Campaigns;
using Kindred.Grains.Resources;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Batches;
using Kindred.Serving.Filters;

namespace Kindred.Grains.Batches;

/// <summary>What a batch job may be asked for, beyond the contract's shapes, as pure functions.</summary>
internal static class BatchRequestRules
{
    public const string Recommendations = "BATCH_INFERENCE";
    private const string Themes = "THEME_GENERATION";

    public static void Check(CreateBatchInferenceJobRequest request, RecipeDescription recipe, Faults faults)
    {
        if (request.BatchInferenceJobMode is Themes)
            faults.Add($"batchInferenceJobMode is {Themes}, which this release does not support: it has no model that writes texts. "
                + $"Leave it out, or give {Recommendations}.");
        else
            faults.Require(request.ThemeGenerationConfig is null, $"themeGenerationConfig is for the mode {Themes}, which this release does not support.");
        switch (recipe.RecipeType)
        {
            case RecipeTypes.UserSegmentation:
                faults.Add($"The recipe {recipe.Name} makes user segments: call CreateBatchSegmentJob.");
                break;
            case RecipeTypes.PersonalizedActions:
            case RecipeTypes.PopularItems when recipe.Name is "aws-trending-now":
                faults.Add($"The recipe {recipe.Name} has no batch recommendations; ask a campaign.");
                break;
            default: break;
        }
        CheckResults(request.NumResults, BatchLimits.MaxItems, faults);
        CampaignRequestRules.CheckServing(
            request.BatchInferenceJobConfig?.ItemExplorationConfig, request.BatchInferenceJobConfig?.RankingInfluence, recipe, faults);
        CheckPaths(request.JobInput.S3DataSource, request.JobOutput.S3DataDestination, faults);
    }

    public static void Check(CreateBatchSegmentJobRequest request, RecipeDescription recipe, Faults faults)
    {
        faults.Require(recipe.RecipeType is RecipeTypes.UserSegmentation,
            $"The recipe {recipe.Name} makes no user segments: call CreateBatchInferenceJob, or train aws-item-affinity or "
            + "aws-item-attribute-affinity.");
        CheckResults(request.NumResults, BatchLimits.MaxUsers, faults);
        CheckPaths(request.JobInput.S3DataSource, request.JobOutput.S3DataDestination, faults);
    }

    /// <param name="filter">The filter of the request.</param>
    public static void CheckFilter(FilterExpression filter, RecipeDescription recipe, Faults faults)
    {
        var subject = recipe.RecipeType is RecipeTypes.UserSegmentation ? FilterSubject.User : FilterSubject.Item;
        foreach (var clause in filter.Clauses)
        {
            if (clause.Subject != subject)
            {
                faults.Add($"The filter is about {clause.Subject}ID; the recipe {recipe.Name} needs one about {subject}ID.");
                return;
            }
            faults.Require(subject is not FilterSubject.User || !recipe.NeedsItems || clause.Dataset is not FilterDataset.Interactions,
                $"The filter tests Interactions, which segments of the recipe {recipe.Name} cannot be filtered by.");
        }
    }

    private static void CheckResults(int? wanted, int most, Faults faults) =>
        faults.Require(wanted is null or >= 0 && !(wanted > most), $"numResults is {wanted}; 1 to {most} was expected.");

    private static void CheckPaths(S3DataConfig input, S3DataConfig output, Faults faults)
    {
        OutputRules.CheckInput(input.Path, output.Path, faults);
        OutputRules.CheckOutput(output.Path, faults);
    }
}
