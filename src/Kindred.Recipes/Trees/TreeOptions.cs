namespace Kindred.Recipes.Trees;

/// <summary>How boosted trees are grown.</summary>
internal sealed record TreeOptions
{
    /// <summary>Number of trees, at least 1; <see cref="BoostedTrees.First"/> cuts back to fewer without training again.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Leaves per tree, 2..1024.</summary>
    public int Leaves { get; init; } = 31;

    /// <summary>Rows that a leaf must hold.</summary>
    public int MinRowsPerLeaf { get; init; } = 20;

    /// <summary>What a tree's output is multiplied with, above 0 and up to 1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>L2 penalty on the output of a leaf.</summary>
    public double Regularization { get; init; } = 1;

    /// <summary>Share of the features that one tree sees, drawn by the seed.</summary>
    public double FeatureFraction { get; init; } = 1;

    /// <summary>Share of the rows that one tree sees, drawn by the seed.</summary>
    public double RowFraction { get; init; } = 1;
}
