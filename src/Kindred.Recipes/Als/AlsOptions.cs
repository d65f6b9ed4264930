namespace Kindred.Recipes.Als;

/// <summary>How <see cref="AlsFactors"/> are trained. The loss is that of Rendle, Krichene, Zhang, Koren, RecSys 2022.</summary>
internal sealed record AlsOptions
{
    /// <summary>Factors per user and item, at least 1.</summary>
    public int Dimension { get; init; } = 64;

    /// <summary>
    /// How much all pairs without an interaction count together, beside all pairs with one; above 0. With it one value suits any catalogue: the
    /// weights of single pairs that suit ML-100K and ML-1M (0.5) and RetailRocket (below 0.03) are alike in this.
    /// </summary>
    public double UnobservedMass { get; init; } = 10;

    /// <summary>
    /// α₀: how much one pair without an interaction counts beside one with, above 0; null = as <see cref="UnobservedMass"/> has it, up to
    /// 0.5.
    /// </summary>
    public double? UnobservedWeight { get; init; }

    /// <summary>λ: penalty on the squared factors, above 0.</summary>
    public double Regularization { get; init; } = 0.005;

    /// <summary>ν: the penalty of a user (item) grows with their interactions plus α₀·items to this power; 0..1.</summary>
    public double FrequencyExponent { get; init; } = 1;

    /// <summary>Times that both sides are solved for.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>Weight of a step of the history relative to the next newer one when a user is folded in, above 0 and up to 1.</summary>
    public double HistoryDecay { get; init; } = 1;
}
