using Kindred.Recipes.Catalog;

namespace Kindred.Recipes.Personalization;

/// <summary>What hyperparameters mean to the ensemble.</summary>
internal sealed record EnsembleOptions
{
    /// <summary>Steps between two items that sequence statistics count, at most.</summary>
    public int MaxLag { get; init; } = 20;

    /// <summary>Signals that favour what the user did last, or what is popular now, take part.</summary>
    public bool UsesRecency { get; init; } = true;

    /// <summary>Width of the transformer; null = its own default.</summary>
    public int? Width { get; init; }

    /// <summary>Longest history the transformer reads; null = its own default.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Keys of members that are switched off.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>();

    public static EnsembleOptions Of(RecipeSettings settings)
    {
        var options = new EnsembleOptions();
        if (settings.Has("bptt"))
            options = options with { MaxLag = Math.Min(options.MaxLag, settings.Integer("bptt")) };
        if (settings.Has("recency_mask") || settings.Has("apply_recency_bias"))
            options = options with { UsesRecency = settings.Boolean(settings.Has("recency_mask") ? "recency_mask" : "apply_recency_bias") };
        return options;
    }
}
