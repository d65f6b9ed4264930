using Kindred.Contracts.Datasets;
using Kindred.Storage.Events;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Datasets;

/// <summary>
/// What there is to know of a type of dataset: what its schema must say, how its rows lie in segments, what streams into it, and how its
/// snapshot is called. Schema checks, imports, compaction and training follow from it.
/// </summary>
public sealed class DatasetKind
{
    /// <summary>One of <see cref="DatasetTypes"/>.</summary>
    public required string Name { get; init; }

    /// <summary>As sentences call it, and its schema must be named: <c>Interactions</c>.</summary>
    public required string Label { get; init; }

    /// <summary>
    /// The column that names a record, in a dataset where the newest row of each name counts; null where every row counts, as with
    /// interactions.
    /// </summary>
    public string? RecordId { get; init; }

    /// <summary>What a streamed record adds to a dataset of this type: id and properties as JSON; null for another type's record.</summary>
    public Func<StreamedRecord, (string Id, string? Properties)?> RecordOf { get; init; } = _ => null;

    /// <summary>
    /// The column of what users do something with, in a dataset where every row counts: the item, or the action. Null for records.
    /// </summary>
    public string? SubjectColumn { get; init; }

    /// <summary>What a streamed record adds to a dataset where every row counts; null for another type's record.</summary>
    public Func<StreamedRecord, StreamedEvent?> EventOf { get; init; } = _ => null;

    /// <summary>The columns whose names are reserved, in a group of a domain; null: in a custom group.</summary>
    internal Func<string?, IReadOnlyList<ColumnRule>> Columns { get; init; } = _ => [];

    /// <summary>Most columns that the client names itself.</summary>
    internal int MaxMetadata { get; init; }

    /// <summary>Whether a schema without metadata makes no sense.</summary>
    internal bool NeedsMetadata { get; init; }

    /// <summary>Whether one field may be textual, and one an item's name.</summary>
    internal bool TextAllowed { get; init; }

    /// <summary>Whether groups of a domain have no datasets of this type.</summary>
    internal bool IsCustomOnly { get; init; }

    /// <summary>Columns that segments hold as numbers; all others are text.</summary>
    internal IReadOnlyDictionary<string, SegmentColumnKind> Numbers { get; init; } = new Dictionary<string, SegmentColumnKind>();

    /// <summary>How the names of its snapshots begin.</summary>
    internal string SnapshotName { get; init; } = "";
}
