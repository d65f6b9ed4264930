using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Resources;
using Kindred.Recipes.Catalog;

namespace Kindred.Grains.Solutions;

/// <summary>Which versions an update goes on from, and when a model takes in new items by itself. Pure functions.</summary>
internal static class UpdateRules
{
    /// <summary>How often a solution with incremental updates looks for new items.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromMinutes(30);

    /// <summary>The position of no item.</summary>
    public const long NothingPut = -1;

    /// <summary>Why a solution cannot be trained with UPDATE at all; nothing when it can.</summary>
    public static void Check(SolutionRecord solution, List<SolutionVersionState> versions, Faults faults)
    {
        var recipe = RecipeCatalog.FindByArn(solution.RecipeArn ?? "");
        if (recipe?.HasUpdateMode is not true)
        {
            var able = string.Join(", ", RecipeCatalog.All.Where(other => other.HasUpdateMode).Select(other => other.Name));
            faults.Add($"trainingMode is UPDATE, which {recipe?.Name ?? "performAutoML"} does not have; it is for {able}. FULL was expected.");
        }
        else if (!versions.Exists(version => IsServing(version) && version.Version.TrainingMode is TrainingModes.Full))
        {
            faults.Add($"trainingMode is UPDATE, but {solution.Arn} has no ACTIVE version that was trained with FULL; train one first.");
        }
    }

    /// <returns>
    /// The newest version that has its full model; null while the only one that serves has its quick model: what asks for an update as soon as
    /// it sees a version ACTIVE is trained anew, with all data, and has to wait for nothing.
    /// </returns>
    public static SolutionVersionState? BaseOf(IEnumerable<SolutionVersionState> versions) =>
        versions.Where(version => IsServing(version) && !SolutionVersionRules.IsRefining(version)).MaxBy(version => version.Sequence);

    /// <summary>Whether items were put since a log position. Of records that have been compacted nobody knows any more what they were.</summary>
    /// <param name="items">The items dataset; null if there is none.</param>
    /// <param name="newestPut">The position of the newest item in the log that is not compacted; <see cref="NothingPut"/> when there is none.</param>
    public static bool HasPutItems(DatasetData? items, long newestPut, long from) =>
        items is not null && (items.CompactedThrough > from || newestPut >= from);

    /// <summary>Whether a version's model takes in new items by itself.</summary>
    /// <param name="isServed">Whether a campaign serves the version.</param>
    /// <param name="items">The items dataset; null if there is none.</param>
    /// <param name="hasStreamedItems">Whether items were put since the model was trained.</param>
    public static bool IsDue(SolutionState solution, SolutionVersionState version, bool isServed, DatasetState? items, bool hasStreamedItems) =>
        solution.Solution is { PerformIncrementalUpdate: true, Status: ResourceStatus.Active }
        && IsServing(version) && !SolutionVersionRules.IsRefining(version) && isServed && items is not null
        && (hasStreamedItems || items.LastImport?.ImportJobArn != version.LastItemsImportJobArn);

    private static bool IsServing(SolutionVersionState version) =>
        version.Status is ResourceStatus.Active && version.ArtifactPath is not null;
}
