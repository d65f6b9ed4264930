using System.Globalization;
using Kindred.Recipes.Catalog;

namespace Kindred.Serving.Exploration;

/// <summary>How much of a list goes to items that the model has not met.</summary>
/// <param name="Weight">Share of the places, 0 to 1.</param>
/// <param name="AgeCutOff">Items older than this are not explored.</param>
internal readonly record struct ExplorationSettings(double Weight, TimeSpan AgeCutOff)
{
    public const double DefaultWeight = 0.3;
    public const double DefaultAgeCutOffDays = 30;

    /// <summary>Older than any item.</summary>
    private const double Ever = 36_500;

    /// <param name="config">The campaign's <c>itemExplorationConfig</c>; the second generation of recipes takes the defaults.</param>
    public static ExplorationSettings Of(RecipeDescription recipe, IReadOnlyDictionary<string, string> config)
    {
        // What is new was decided by the training.
        if (recipe.ExploresColdItems) return new(DefaultWeight, TimeSpan.FromDays(Ever));
        if (recipe.RecipeType != RecipeTypes.UserPersonalization || !(recipe.IsV2 || recipe.CanExplore)) return default;
        var (weight, days) = recipe.IsV2
            ? (DefaultWeight, DefaultAgeCutOffDays)
            : (Read(config, "explorationWeight", DefaultWeight), Read(config, "explorationItemAgeCutOff", DefaultAgeCutOffDays));
        return new(Math.Clamp(weight, 0, 1), TimeSpan.FromDays(Math.Clamp(days, 0, Ever)));
    }

    /// <summary>The share of a list of actions that goes to those without a score; of <c>itemExplorationConfig</c> only <c>explorationWeight</c> counts.</summary>
    public static double WeightOfActions(IReadOnlyDictionary<string, string> config) => Math.Clamp(Read(config, "explorationWeight", DefaultWeight), 0, 1);

    // CreateCampaign checks the values; an old campaign's unreadable one means the default.
    private static double Read(IReadOnlyDictionary<string, string> config, string name, double otherwise) =>
        config.TryGetValue(name, out var text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : otherwise;
}
