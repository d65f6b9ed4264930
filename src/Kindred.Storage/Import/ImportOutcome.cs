using Kindred.Contracts.Datasets;

namespace Kindred.Storage.Import;

/// <summary>What an import made. Nothing of it is published: that is one state write of the dataset.</summary>
/// <param name="Segments">Complete files, synced to disk.</param>
/// <param name="QuarantinePath">The list of bad rows, relative to the data folder; null if there were none.</param>
public sealed record ImportOutcome(IReadOnlyList<SegmentReference> Segments, long GoodRows, long BadRows, string? QuarantinePath);
