using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Snapshots;

/// <summary>Makes the snapshot that belongs to a dataset's manifest.</summary>
public static class DatasetSnapshots
{
    /// <summary>Builds a new snapshot of everything that <paramref name="dataset"/> names.</summary>
    /// <param name="dataset">The manifest as it is about to be published.</param>
    /// <returns>The snapshot's name, for <see cref="DatasetData.SnapshotPath"/>.</returns>
    /// <param name="mostIdBytes">What ids may take in memory meanwhile.</param>
    /// <exception cref="RefusedException">They would take more.</exception>
    /// <exception cref="FileNotFoundException">A segment is gone: the manifest is no longer the dataset's.</exception>
    public static async Task<string> BuildAsync(
        IArtifactStore artifacts, Arn datasetGroup, DatasetData dataset, CancellationToken cancellationToken, long mostIdBytes = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(dataset);
        using var history = await HistoryDraft.BeginAsync(artifacts, datasetGroup, dataset, mostIdBytes, cancellationToken);
        if (history is not null) return await history.CompleteAsync(cancellationToken);
        var segments = SegmentOrder.Of(dataset);
        using var copies = await artifacts.OpenAllAsync(segments.Select(segment => segment.Path), cancellationToken);
        using var draft = artifacts.Begin(ArtifactNames.NewSnapshot(datasetGroup, dataset.DatasetType));
        ItemCatalog.Build(draft.Path, ParsedSchema.Parse(dataset.Schema), [.. copies.PathsOf(segments)], cancellationToken, mostIdBytes);
        return await draft.PublishAsync(cancellationToken);
    }
}
