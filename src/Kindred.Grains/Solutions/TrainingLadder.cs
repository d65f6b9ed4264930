using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Solutions;
using Kindred.Recipes;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;

namespace Kindred.Grains.Solutions;

/// <summary>Which training a solution version needs next: a quick one that can serve soon, and then the full one. Pure functions.</summary>
internal static class TrainingLadder
{
    /// <param name="version">The version.</param>
    /// <param name="recipe">Null while a search has yet to choose it.</param>
    /// <param name="quickFirst">Whether a quick model is wanted before the full one.</param>
    /// <returns>Null when nothing is left to train.</returns>
    public static TrainingEffort? Next(SolutionVersionState version, IRecipe? recipe, bool quickFirst)
    {
        if (version.Status is ResourceStatus.Active) return version.Refinement is Refinement.UnderWay ? TrainingEffort.Full : null;
        if (!ResourceStatus.IsUnfinished(version.Status)) return null;
        // The version that is updated serves meanwhile.
        if (version.UpdatesVersionArn is not null) return TrainingEffort.Full;
        // Whoever asks for a search wants to see what it found once the version is ACTIVE.
        if (recipe is null || version.Version.PerformHPO) return TrainingEffort.Full;
        return quickFirst ? recipe.Efforts[0] : recipe.Efforts[^1];
    }

    /// <summary>Whether the full model follows the one that was just trained.</summary>
    public static bool IsFollowed(SolutionVersionState version, IRecipe? recipe, TrainingEffort trained) =>
        version.Status is not ResourceStatus.Active
        && trained is TrainingEffort.Quick && recipe is not null && recipe.Efforts.Contains(TrainingEffort.Full);

    /// <summary>The kind of job that a version needs next.</summary>
    public static JobKind KindOf(SolutionVersionState version, bool quickFirst)
    {
        var recipe = version.Version.RecipeArn is { } arn && RecipeCatalog.FindByArn(arn) is { } found
            ? RecipeCatalog.Implementation(found.Name)
            : null;
        return KindOf(Next(version, recipe, quickFirst) ?? TrainingEffort.Full);
    }

    /// <summary>The kind of job that trains at an effort: long ones must not keep quick ones waiting.</summary>
    private static JobKind KindOf(TrainingEffort effort) => effort is TrainingEffort.Quick ? JobKind.Train : JobKind.TrainFully;
}
