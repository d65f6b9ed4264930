using static Kindred.Recipes.Catalog.HyperParameterKind;

namespace Kindred.Recipes.Catalog;

/// <summary>Kindred's own recipes that count rather than learn: trained in seconds, each also a member of the ensemble.</summary>
internal static class CountedRecipes
{
    public static RecipeDescription ItemNeighbours { get; } = Personalization(
        "kindred-item-knn",
        "Recommends the neighbours of a user's items: items that the same users interact with. For data without a meaningful order.",
        HyperParameter.Float("popularity_discount_factor", Algorithm, "0.5", 0, 1, tunable: true),
        HyperParameter.Integer("min_cointeraction_count", Algorithm, 1, 0, 10, tunable: true),
        HyperParameter.Boolean("count_repeats", Algorithm, "false", tunable: true),
        HyperParameter.Integer("history_length", Algorithm, 50, 1, 500, tunable: true),
        HyperParameter.Float("decay", Algorithm, "0.9", 0, 1, tunable: true));

    public static RecipeDescription SequenceStatistics { get; } = Personalization(
        "kindred-sequence-statistics",
        "Recommends what tends to follow a user's newest items, from counts alone. The quickest recipe that knows order.",
        HyperParameter.Integer("max_lag", Algorithm, 20, 1, 100, tunable: true),
        HyperParameter.Float("lag_power", Algorithm, "0.75", 0, 2, tunable: true),
        HyperParameter.Float("from_power", Algorithm, "0.7", 0, 1, tunable: true),
        HyperParameter.Float("to_power", Algorithm, "0.2", 0, 1, tunable: true),
        HyperParameter.Integer("history_length", Algorithm, 50, 1, 500, tunable: true),
        HyperParameter.Float("decay", Algorithm, "0.7", 0, 1, tunable: true));

    public static RecipeDescription SessionNeighbours { get; } = Personalization(
        "kindred-session-knn",
        "Recommends what is in the sessions most like a user's newest steps. For shops and news, where intent changes from visit to visit.",
        HyperParameter.Integer("neighbours", Algorithm, 500, 1, 10_000, tunable: true),
        HyperParameter.Integer("sessions_per_item", Algorithm, 1000, 1, 10_000, tunable: false),
        HyperParameter.Integer("history_length", Algorithm, 100, 1, 100, tunable: true),
        HyperParameter.Float("decay", Algorithm, "0.95", 0, 1, tunable: true),
        HyperParameter.Float("rarity_power", Algorithm, "1", 0, 4, tunable: true),
        HyperParameter.Float("distance_power", Algorithm, "0.7", 0, 2, tunable: true),
        HyperParameter.Float("backward_weight", Algorithm, "1", 0, 1, tunable: true),
        HyperParameter.Boolean("choose_on_validation", Algorithm, "true", tunable: false));

    public static RecipeDescription RecentPopularity { get; } = new()
    {
        Name = "kindred-recent-popularity", RecipeType = RecipeTypes.PopularItems,
        Description = "Ranks items by how many different users interacted with them lately; how fast the past fades is chosen on the data.",
        AlgorithmName = "kindred-recent-popularity", FeatureTransformationName = "kindred-recent-popularity",
        HyperParameters = [HyperParameter.Float("half_life_days", Algorithm, "0", 0, 36_500, tunable: true)],
    };

    public static IReadOnlyList<RecipeDescription> All { get; } = [ItemNeighbours, SequenceStatistics, SessionNeighbours, RecentPopularity];

    private static RecipeDescription Personalization(string name, string description, params HyperParameter[] parameters) => new()
    {
        Name = name, RecipeType = RecipeTypes.UserPersonalization, Description = description,
        AlgorithmName = name, FeatureTransformationName = name, HyperParameters = parameters, HasScores = true, NeedsUserId = true,
    };
}
