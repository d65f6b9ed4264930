using Kindred.Recipes.Personalization;
using static Kindred.Recipes.Catalog.HyperParameterKind;

namespace Kindred.Recipes.Catalog;

/// <summary>The hyperparameters that recipes share, with the ranges and defaults of the service Kindred is compatible with.</summary>
internal static class RecipeParameters
{
    private static readonly HyperParameter RecencyMask = HyperParameter.Boolean("recency_mask", Algorithm, "True", tunable: true);
    private static readonly HyperParameter BackSteps = HyperParameter.Integer("bptt", Algorithm, 32, 2, 32, tunable: true);
    private static readonly HyperParameter MinHistory = Percentile("min_user_history_length_percentile", "0.0");
    private static readonly HyperParameter MaxHistory = Percentile("max_user_history_length_percentile", "0.99");

    public static IReadOnlyList<HyperParameter> Sequence(int hiddenDimension) =>
        [HiddenDimension(hiddenDimension, tunable: true), BackSteps, RecencyMask, MinHistory, MaxHistory];

    public static IReadOnlyList<HyperParameter> ColdStart { get; } =
    [
        .. Sequence(149),
        HyperParameter.Integer("cold_start_max_interactions", FeatureTransformation, 15, 1, int.MaxValue, tunable: false),
        HyperParameter.Float("cold_start_max_duration", FeatureTransformation, "5.0", double.Epsilon, double.PositiveInfinity, tunable: false),
        HyperParameter.Category("cold_start_relative_from", FeatureTransformation, "latestItem", "currentTime", "latestItem"),
    ];

    public static IReadOnlyList<HyperParameter> SecondGeneration { get; } =
        [HyperParameter.Boolean("apply_recency_bias", Algorithm, "true", tunable: false)];

    public static IReadOnlyList<HyperParameter> SimilarItems { get; } =
    [
        HyperParameter.Float("popularity_discount_factor", Algorithm, "0.0", 0, 1, tunable: false),
        HyperParameter.Integer("item_id_hidden_dim", Algorithm, 100, 30, 200, tunable: true),
        HyperParameter.Integer("item_metadata_hidden_dim", Algorithm, 100, 30, 200, tunable: true),
    ];

    public static IReadOnlyList<HyperParameter> Content { get; } =
    [
        HyperParameter.Integer("dimension", Algorithm, 64, 8, 256, tunable: true),
        HyperParameter.Integer("text_dimension", Algorithm, 128, 16, 256, tunable: true),
        HyperParameter.Float("decay", Algorithm, "0.998", 0.5, 1, tunable: true),
    ];

    public static IReadOnlyList<HyperParameter> Sims { get; } =
    [
        HyperParameter.Float("popularity_discount_factor", Algorithm, "0.5", 0, 1, tunable: true),
        HyperParameter.Integer("min_cointeraction_count", Algorithm, 3, 0, 10, tunable: true),
        Percentile("min_user_history_length_percentile", "0.005"),
        Percentile("max_user_history_length_percentile", "0.995"),
        Percentile("min_item_interaction_count_percentile", "0.01"),
        Percentile("max_item_interaction_count_percentile", "0.9"),
    ];

    /// <summary>As <see cref="Sims"/>, for all users and items alike, and for data of one kind of event, which is less.</summary>
    public static IReadOnlyList<HyperParameter> AllTogether { get; } =
    [
        HyperParameter.Float("popularity_discount_factor", Algorithm, "0.5", 0, 1, tunable: true),
        HyperParameter.Integer("min_cointeraction_count", Algorithm, 2, 0, 10, tunable: true),
        Percentile("min_user_history_length_percentile", "0"),
        Percentile("max_user_history_length_percentile", "1"),
        Percentile("min_item_interaction_count_percentile", "0"),
        Percentile("max_item_interaction_count_percentile", "1"),
    ];

    public static IReadOnlyList<HyperParameter> Trending { get; } =
    [
        HyperParameter.Category(
            "trend_discovery_frequency", FeatureTransformation, "2 hours", "30 minutes", "1 hour", "2 hours", "3 hours", "1 day"),
    ];

    public static IReadOnlyList<HyperParameter> NextBestAction { get; } =
        [HyperParameter.Integer("action_optimization_period", FeatureTransformation, 14, 7, 28, tunable: false)];

    public static IReadOnlyList<HyperParameter> Affinity { get; } = [HiddenDimension(149, tunable: false)];

    public static IReadOnlyList<HyperParameter> Ease { get; } =
    [
        HyperParameter.Float("regularization", Algorithm, "25", 0.1, 1000, tunable: true),
        HyperParameter.Float("metadata_weight", Algorithm, "0.1", 0, 100, tunable: true),
        HistoryDecay("1"),
    ];

    public static IReadOnlyList<HyperParameter> Als { get; } =
    [
        HyperParameter.Integer("hidden_dimension", Algorithm, 64, 4, 512, tunable: true),
        HyperParameter.Float("regularization", Algorithm, "0.005", 0.00001, 10, tunable: true),
        HyperParameter.Float("unobserved_mass", Algorithm, "10", 0.1, 1000, tunable: true),
        HyperParameter.Float("frequency_exponent", Algorithm, "1", 0, 1, tunable: false),
        HyperParameter.Integer("epochs", Algorithm, 12, 1, 200, tunable: false),
        HistoryDecay("1"),
    ];

    private static HyperParameter HistoryDecay(string value) => HyperParameter.Float("history_decay", Algorithm, value, 0.5, 1, tunable: true);

    public static IReadOnlyList<HyperParameter> Transformer { get; } =
    [
        HyperParameter.Integer("hidden_dimension", Algorithm, 0, 0, 512, tunable: true),
        HyperParameter.Integer("blocks", Algorithm, 2, 1, 8, tunable: true),
        HyperParameter.Integer("heads", Algorithm, 0, 0, 8, tunable: false),
        HyperParameter.Float("dropout", Algorithm, "0.2", 0, 0.8, tunable: true),
        HyperParameter.Integer("max_length", Algorithm, 200, 5, 1000, tunable: false),
        HyperParameter.Integer("negatives", Algorithm, 512, 16, 16384, tunable: true),
        HyperParameter.Float("learning_rate", Algorithm, "0.003", 1e-5, 0.1, tunable: true),
        HyperParameter.Integer("epochs", Algorithm, 0, 0, 10000, tunable: false),
        HyperParameter.Boolean("use_time_gaps", Algorithm, "true", tunable: false),
    ];

    public static IReadOnlyList<HyperParameter> Ensemble { get; } =
    [
        HyperParameter.Integer("hidden_dimension", Algorithm, 64, 32, 256, tunable: true),
        HyperParameter.Boolean("apply_recency_bias", Algorithm, "true", tunable: false),
        HyperParameter.Boolean(EnsembleOptions.NextItem, Algorithm, "true", tunable: false),
        .. Switches("transformer", "sequence", "recent", "neighbours", "baskets", "content", "ials", "ease", "sessions", "trees"),
    ];

    private static IEnumerable<HyperParameter> Switches(params string[] members) =>
        members.Select(member => HyperParameter.Boolean($"use_{member}", Algorithm, "true", tunable: false));

    private static HyperParameter HiddenDimension(int value, bool tunable) =>
        HyperParameter.Integer("hidden_dimension", Algorithm, value, 32, 256, tunable);

    private static HyperParameter Percentile(string name, string value) =>
        HyperParameter.Float(name, FeatureTransformation, value, 0, 1, tunable: false);
}
