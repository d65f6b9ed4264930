using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Recipes.Training;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Kindred.Storage.Import;

namespace Kindred.Grains.Datasets;

/// <summary>Keeps a FULL import from replacing data that a training can be made of by data that none can.</summary>
internal sealed class RemainingData(IArtifactStore artifacts, IEventLog events)
{
    private static readonly DataVolume Least = new(MinimumData.Interactions, MinimumData.Users);

    /// <param name="before">The manifest as it is.</param>
    /// <param name="after">The manifest with the import in it, and its snapshot.</param>
    /// <exception cref="RefusedException">Too little would remain; the message is the job's failure reason.</exception>
    public async Task CheckAsync(Arn datasetGroup, DatasetData before, DatasetData after, CancellationToken cancellationToken)
    {
        if (before.DatasetType is not DatasetTypes.Interactions || before.SnapshotPath is null) return;
        var remains = await DataVolume.OfAsync(artifacts, after, cancellationToken);
        if (remains.Reaches(Least)) return;
        // What was streamed and lies in no segment yet trains too. It is not told apart by user here: then in doubt for the import.
        var waiting = await events.EndPositionAsync(datasetGroup, cancellationToken) - before.CompactedThrough;
        if (remains.Interactions + waiting >= Least.Interactions && waiting > 0) return;
        ImportRules.ThrowIfTooLittleRemains(await DataVolume.OfAsync(artifacts, before, cancellationToken), remains, Least);
    }
}
