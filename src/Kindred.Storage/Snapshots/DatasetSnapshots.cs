using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;

namespace Kindred.Storage.Snapshots;

/// <summary>Makes the snapshot that belongs to a dataset's manifest.</summary>
public static class DatasetSnapshots
{
    /// <summary>Builds a new snapshot of everything that <paramref name="dataset"/> names.</summary>
    /// <param name="dataset">The manifest as it is about to be published.</param>
    /// <returns>Path relative to <paramref name="dataRoot"/>, for <see cref="DatasetData.SnapshotPath"/>.</returns>
    public static string Build(string dataRoot, Arn datasetGroup, DatasetData dataset, CancellationToken cancellationToken) => throw new NotSupportedException();
}
