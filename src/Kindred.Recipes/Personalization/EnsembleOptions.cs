using Kindred.Recipes.Catalog;

namespace Kindred.Recipes.Personalization;

/// <summary>What hyperparameters mean to the ensemble.</summary>
internal sealed record EnsembleOptions
{
    /// <summary>What the name of a hyperparameter that switches a member begins with; the member's key follows.</summary>
    public const string Switch = "use_";

    /// <summary>The hyperparameter that says whether the item that comes next is asked for, or any that belongs to the user.</summary>
    public const string NextItem = "next_item";

    private const int WidthUnit = 16;
    private const int DefaultMaxLag = 20;
    private const int DefaultMaxLength = 200;

    /// <summary>Steps between two items that sequence statistics count, at most.</summary>
    public int MaxLag { get; init; } = DefaultMaxLag;

    /// <summary>Signals that favour what the user did last, or what is popular now, take part.</summary>
    public bool UsesRecency { get; init; } = true;

    /// <summary>Width of the transformer; null = its own default.</summary>
    public int? Width { get; init; }

    /// <summary>Longest history that the transformer reads; null = its own default.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether boosted trees may rank the best items once more.</summary>
    public bool UsesTrees { get; init; } = true;

    /// <summary>What is held out to choose the blend by.</summary>
    public HoldoutKind Holdout { get; init; }

    /// <summary>Keys of members that are switched off.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>();

    /// <summary>What models with these settings are chosen by.</summary>
    public static HoldoutKind HoldoutOf(RecipeSettings settings) =>
        settings.Has(NextItem) && !settings.Boolean(NextItem) ? HoldoutKind.Random : HoldoutKind.Newest;

    public static EnsembleOptions Of(RecipeDescription recipe, RecipeSettings settings)
    {
        var options = new EnsembleOptions();
        if (settings.Has("bptt"))
        {
            var steps = settings.Integer("bptt");
            var most = recipe.HyperParameters.First(parameter => parameter.Name == "bptt").Max;
            options = options with { MaxLag = Math.Min(DefaultMaxLag, steps), MaxLength = Math.Max(2, (int)(DefaultMaxLength * steps / most)) };
        }
        // The service's default of 149 would train six times as long as our own, for little: left alone, it leaves the width to us.
        if (settings.Has("hidden_dimension")
            && settings.Text("hidden_dimension") != recipe.HyperParameters.First(parameter => parameter.Name == "hidden_dimension").Default)
            options = options with { Width = (settings.Integer("hidden_dimension") + WidthUnit - 1) / WidthUnit * WidthUnit };
        if (settings.Has("recency_mask") || settings.Has("apply_recency_bias"))
            options = options with { UsesRecency = settings.Boolean(settings.Has("recency_mask") ? "recency_mask" : "apply_recency_bias") };
        var off = settings.Values.Keys.Where(name => name.StartsWith(Switch, StringComparison.Ordinal) && !settings.Boolean(name))
            .Select(name => name[Switch.Length..]).ToHashSet();
        return options with { Holdout = HoldoutOf(settings), Without = off, UsesTrees = !off.Contains("trees") };
    }
}
