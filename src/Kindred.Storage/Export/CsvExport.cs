using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;

namespace Kindred.Storage.Export;

/// <summary>Which rows are exported, and where to.</summary>
public sealed record CsvExport
{
    public required IArtifactStore Artifacts { get; init; }
    /// <summary>The manifest, with everything that was streamed in segments.</summary>
    public required DatasetData Dataset { get; init; }
    /// <summary>One of <see cref="IngestionModes"/>.</summary>
    public required string IngestionMode { get; init; }
    /// <summary>Absolute path of an empty folder, for what is written on the way and for the parts.</summary>
    public required string Folder { get; init; }
    /// <summary>Rows that are compared in memory at a time, and the most of a part: about 50 bytes each.</summary>
    public int RowsPerPart { get; init; } = 1_000_000;
}

/// <summary>What an export wrote.</summary>
/// <param name="Parts">Absolute paths of CSV files with a header each, at least one.</param>
/// <param name="Rows">Rows of all parts.</param>
public sealed record CsvExported(IReadOnlyList<string> Parts, long Rows);
