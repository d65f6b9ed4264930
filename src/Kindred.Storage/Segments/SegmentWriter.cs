using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Segments.Parquet;

namespace Kindred.Storage.Segments;

/// <summary>Writes one segment. The file appears under its name, synced, when <see cref="CompleteAsync"/> has returned; else never.</summary>
internal sealed class SegmentWriter : IAsyncDisposable
{
    // Small groups keep little alive while they fill, and their texts in the caches of a core.
    private const int RowsPerGroup = 20_000;
    private const long TextPerGroup = 16 << 20;

    private readonly SegmentFile _file;
    private readonly ArtifactDraft _draft;
    private readonly FileStream _stream;
    private readonly SegmentFileWriter _writer;
    private long _rows;

    private SegmentWriter(SegmentFile file, IReadOnlyList<string> columns, IReadOnlyList<SegmentColumnKind> kinds, ArtifactDraft draft)
    {
        (_file, Columns, _draft) = (file, columns, draft);
        _stream = new FileStream(draft.Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        _writer = new SegmentFileWriter(_stream, columns, kinds);
        // Wide rows come in small groups, so that the columns themselves stay small.
        Rows = new RowGroup(kinds, Math.Max(5_000, RowsPerGroup * 5 / Math.Max(5, columns.Count)));
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Where the next row goes: set its columns, <see cref="RowGroup.EndRow"/>, then <see cref="FlushIfFull"/>.</summary>
    public RowGroup Rows { get; }

    public long RowCount => _rows + Rows.Count;

    public static SegmentWriter Create(IArtifactStore artifacts, SegmentFile file, string datasetType, IReadOnlyList<string> columns) =>
        new(file, columns, [.. columns.Select(c => SegmentColumns.KindOf(datasetType, c))], artifacts.Begin(file.Stem));

    /// <summary>Whether <see cref="FlushIfFull"/> would write: lets callers look at the rows before they go.</summary>
    public bool IsGroupFull => Rows.Count >= Rows.Capacity || Rows.TextLength >= TextPerGroup;

    /// <summary>Writes the rows when they are enough for a group, and begins the next.</summary>
    public void FlushIfFull()
    {
        if (IsGroupFull) Flush();
    }

    public async Task<SegmentReference> CompleteAsync(string importJobArn, CancellationToken cancellationToken)
    {
        if (Rows.Count > 0) Flush();
        _writer.Complete();
        await _stream.FlushAsync(cancellationToken);
        var (name, sizeBytes) = (_file.NameFor(_stream), _stream.Length);
        await _stream.DisposeAsync();
        await _draft.PublishAsync(name, cancellationToken);
        return new SegmentReference(name, _rows, sizeBytes, importJobArn) { Sequence = _file.Sequence };
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _draft.Dispose();
    }

    private void Flush()
    {
        // Texts of rows that were refused may fill a group that has no row.
        if (Rows.Count > 0) _writer.Write(Rows);
        _rows += Rows.Count;
        Rows.Clear();
    }
}
