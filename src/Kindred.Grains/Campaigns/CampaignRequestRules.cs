using System.Globalization;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;
using Kindred.Recipes.Catalog;

namespace Kindred.Grains.Campaigns;

/// <summary>How a campaign may be configured, beyond the contract's shapes.</summary>
internal static class CampaignRequestRules
{
    private const string InfluencedRecipe = "aws-semantic-similarity";
    public const string ExplorationWeight = "explorationWeight";
    public const string ExplorationAge = "explorationItemAgeCutOff";

    /// <param name="namesLatest">The request names <c>$LATEST</c>, not one version.</param>
    /// <exception cref="Contracts.Refusals.RefusedException">Something is wrong; the message lists all of it.</exception>
    public static void Check(CampaignConfig? config, RecipeDescription recipe, bool namesLatest)
    {
        var faults = new Faults();
        faults.Require(config?.SyncWithLatestSolutionVersion is not true || namesLatest,
            "syncWithLatestSolutionVersion is true; solutionVersionArn must then end in /$LATEST.");
        faults.Require(recipe.RecipeType is not RecipeTypes.UserSegmentation,
            $"The recipe {recipe.Name} makes user segments, in batch only; a campaign cannot serve it.");
        CheckServing(config?.ItemExplorationConfig, config?.RankingInfluence, recipe, faults);
        faults.ThrowIfAny();
    }

    /// <summary>What a campaign and a batch job can both set.</summary>
    public static void CheckServing(
        IReadOnlyDictionary<string, string>? exploration, IReadOnlyDictionary<string, double>? influence, RecipeDescription recipe, Faults faults)
    {
        faults.Require(influence is null or { Count: 0 } || recipe.Name is InfluencedRecipe,
            $"The recipe {recipe.Name} has no rankingInfluence; only {InfluencedRecipe} does.");
        if (exploration is { Count: > 0 }) CheckExploration(exploration, recipe, faults);
    }

    /// <summary>Whether a recipe can explore, and as it is told to.</summary>
    public static void CheckExploration(IReadOnlyDictionary<string, string> exploration, RecipeDescription recipe, Faults faults)
    {
        // The second generation explores by itself: there the settings are accepted and have no effect, as in the service.
        var ofActions = recipe.RecipeType is RecipeTypes.PersonalizedActions;
        faults.Require(recipe.CanExplore || recipe.IsV2 || ofActions, $"The recipe {recipe.Name} has no itemExplorationConfig.");
        foreach (var (name, text) in exploration)
        {
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
            switch (name)
            {
                case ExplorationWeight:
                    faults.Require(isNumber && value is >= 0 and <= 1, $"{ExplorationWeight} is '{text}'; a number from 0 to 1 was expected.");
                    break;
                case ExplorationAge when ofActions:
                    faults.Add($"{ExplorationAge} is for items; of actions {ExplorationWeight} can be set.");
                    break;
                case ExplorationAge:
                    faults.Require(isNumber && value >= 1 && double.IsFinite(value),
                        $"{ExplorationAge} is '{text}'; a number of days of at least 1 was expected.");
                    break;
                default:
                    faults.Add($"itemExplorationConfig has no '{name}'; {ExplorationWeight} and {ExplorationAge} can be set there.");
                    break;
            }
        }
    }
}
