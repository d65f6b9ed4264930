namespace Kindred.Recipes.Catalog;

/// <summary>Which map of a solution's configuration carries a hyperparameter.</summary>
public enum HyperParameterKind
{
    /// <summary><c>algorithmHyperParameters</c></summary>
    Algorithm,

    /// <summary><c>featureTransformationParameters</c></summary>
    FeatureTransformation,
}
