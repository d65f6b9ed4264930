using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Snapshots;

/// <summary>Makes the snapshot that belongs to a dataset's manifest.</summary>
public static class DatasetSnapshots
{
    /// <summary>Builds a new snapshot of everything that <paramref name="dataset"/> names.</summary>
    /// <param name="dataset">The manifest as it is about to be published.</param>
    /// <returns>Path relative to <paramref name="dataRoot"/>, for <see cref="DatasetData.SnapshotPath"/>.</returns>
    public static string Build(string dataRoot, Arn datasetGroup, DatasetData dataset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var kind = dataset.DatasetType switch { DatasetTypes.Interactions => "history", DatasetTypes.Items => "items", _ => "users" };
        var relativePath = string.Join('/', "snapshots", datasetGroup.Account, datasetGroup.Name, $"{kind}-{Guid.CreateVersion7():N}.kds");
        var path = Path.Combine(dataRoot, relativePath);
        var segments = SegmentOrder.Of(dataset).Select(s => Path.Combine(dataRoot, s.Path)).ToList();
        if (kind == "history") UserHistory.Build(path, segments, cancellationToken);
        else ItemCatalog.Build(path, ParsedSchema.Parse(dataset.Schema), segments, cancellationToken);
        return relativePath;
    }
}
