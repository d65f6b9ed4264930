namespace Kindred.Recipes.Personalization;

/// <summary>Which interactions are held out to choose a model by, and so which question it is chosen for.</summary>
public enum HoldoutKind
{
    /// <summary>Each user's newest: what comes next?</summary>
    Newest,

    /// <summary>Drawn from all of a user's: what else belongs to this user, whenever it happened?</summary>
    Random,
}
