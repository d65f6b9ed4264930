using Kindred.Contracts.Arns;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Schemas;
using Kindred.Storage.Snapshots;

namespace Kindred.Storage.Import;

/// <summary>What one import job reads, and where its results go.</summary>
public sealed record CsvImport
{
    /// <summary>Takes in the segment and the quarantine file; the outcome names both as it knows them.</summary>
    public required IArtifactStore Artifacts { get; init; }
    public required Arn DatasetGroupArn { get; init; }
    /// <summary>Upper case, such as <c>INTERACTIONS</c>.</summary>
    public required string DatasetType { get; init; }
    public required Arn ImportJobArn { get; init; }
    public required ParsedSchema Schema { get; init; }

    /// <summary>Place of the segment among its dataset's: greater than that of every segment there.</summary>
    public required long Sequence { get; init; }
    public required IReadOnlyList<CsvSource> Sources { get; init; }
    /// <summary>The snapshot that receives the good rows as well; null where it is built from the segment.</summary>
    public HistoryDraft? History { get; init; }
    /// <summary>Most bad rows that the quarantine file lists; all are counted.</summary>
    public int QuarantineRows { get; init; } = 10_000;
    /// <summary>The share of rows that may be refused before the job fails, 0..1. Default 1: a job fails when none is good.</summary>
    public double MaxRefusedShare { get; init; } = 1;
    /// <summary>When the import is made; interactions that PutEvents would refuse for their time are refused then. Null: any time goes.</summary>
    public DateTimeOffset? Now { get; init; }
    /// <summary>Most rows, good or bad, that the job may have.</summary>
    public long MaxRows { get; init; } = 3_000_000_000;
    /// <summary>Most bytes of text that the job may read, after gzip is undone: a gigabyte of gzip can hold a terabyte.</summary>
    public long MaxTextBytes { get; init; } = 100L << 30;
}
