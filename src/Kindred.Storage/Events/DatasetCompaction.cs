using Kindred.Contracts.Datasets;

namespace Kindred.Storage.Events;

/// <summary>What a compaction made for one dataset, to be published with one state write.</summary>
/// <param name="StreamedSegments">Replaces <see cref="DatasetData.StreamedSegments"/>.</param>
/// <param name="SnapshotPath">Replaces <see cref="DatasetData.SnapshotPath"/>.</param>
/// <param name="CompactedThrough">Replaces <see cref="DatasetData.CompactedThrough"/>.</param>
public sealed record DatasetCompaction(
    string DatasetType, IReadOnlyList<SegmentReference> StreamedSegments, string? SnapshotPath, long CompactedThrough);
