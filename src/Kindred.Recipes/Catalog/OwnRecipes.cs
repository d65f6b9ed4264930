namespace Kindred.Recipes.Catalog;

/// <summary>Recipes of Kindred's own, beyond those of the service it is compatible with.</summary>
internal static class OwnRecipes
{
    public static RecipeDescription Ease { get; } = Personalization(
        "kindred-ease", "Reconstructs each user's items from their others in closed form. Strong where order does not matter; up to 20,000 items.",
        RecipeParameters.Ease);

    public static RecipeDescription Als { get; } = Personalization(
        "kindred-ials", "Factorises who interacted with what. Scales to large catalogues; new users are folded in as they are asked for.",
        RecipeParameters.Als);

    public static RecipeDescription Transformer { get; } = Personalization(
        "kindred-transformer",
        "Predicts what comes next with a causal transformer over the user's items. The most accurate single model where order matters.",
        RecipeParameters.Transformer) with { HasUpdateMode = true };

    public static RecipeDescription Ensemble { get; } = Personalization(
        "kindred-ensemble",
        "Blends every model that helps on held-out users of your data. As aws-user-personalization-v2, with each member to be switched off.",
        RecipeParameters.Ensemble) with { HasScores = true, HasUpdateMode = true };

    public static RecipeDescription Content { get; } = Personalization(
        "kindred-content",
        "Scores items by what they are, learning from interactions which of their attributes matter. Knows items that nobody has met.",
        RecipeParameters.Content) with { NeedsItems = true };

    public static IReadOnlyList<RecipeDescription> All { get; } = [Ease, Als, Transformer, Ensemble, Content];

    private static RecipeDescription Personalization(string name, string description, IReadOnlyList<HyperParameter> parameters) => new()
    {
        Name = name, RecipeType = RecipeTypes.UserPersonalization, Description = description,
        AlgorithmName = name, FeatureTransformationName = name, HyperParameters = parameters, NeedsUserId = true,
    };
}
