using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Parquet;
using Parquet.Schema;

namespace Kindred.Storage.Segments;

/// <summary>Writes one segment. The file appears under its name, synced, when <see cref="CompleteAsync"/> has returned; else never.</summary>
/// <remarks>
/// Parquet.Net measured against ParquetSharp on ML-1M, five columns, groups of 250,000 rows, snappy: write 134 against 172 ms,
/// read 140 against 72 ms. The managed one needs no native library and both are far below what parsing costs.
/// </remarks>
internal sealed class SegmentWriter : IAsyncDisposable
{
    // Small groups keep little alive while they fill: with ten times as many rows every collection stopped all requests for 40 ms.
    private const int RowsPerGroup = 20_000;
    private const long CharactersPerGroup = 16 << 20;

    private readonly SegmentFile _file;
    private readonly ArtifactDraft _draft;
    private readonly FileStream _stream;
    private readonly ParquetWriter _writer;
    private readonly IReadOnlyList<DataField> _fields;
    private long _rows;
    private bool _completed;
    private bool _closed;

    private SegmentWriter(
        SegmentFile file, IReadOnlyList<string> columns, IReadOnlyList<SegmentColumnKind> kinds, ArtifactDraft draft, FileStream stream,
        ParquetWriter writer, IReadOnlyList<DataField> fields)
    {
        (_file, Columns, _draft, _stream, _writer, _fields) = (file, columns, draft, stream, writer, fields);
        // Wide rows come in small groups, so that the columns themselves stay small.
        Rows = new RowGroup(kinds, Math.Max(5_000, RowsPerGroup * 5 / Math.Max(5, columns.Count)));
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Where the next row goes: set its columns, <see cref="RowGroup.EndRow"/>, then <see cref="FlushIfFullAsync"/>.</summary>
    public RowGroup Rows { get; }

    public long RowCount => _rows + Rows.Count;

    public static async Task<SegmentWriter> CreateAsync(
        IArtifactStore artifacts, SegmentFile file, string datasetType, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var kinds = columns.Select(c => SegmentColumns.KindOf(datasetType, c)).ToList();
        var fields = columns.Select((name, i) => kinds[i] switch
        {
            SegmentColumnKind.Timestamp => new DataField<long>(name),
            SegmentColumnKind.Value => new DataField<float?>(name),
            _ => (DataField)new DataField<string>(name),
        }).ToList();
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Snappy };
        for (var i = 0; i < kinds.Count; i++)
            if (kinds[i] is SegmentColumnKind.Text) options.ColumnEncodingHints[columns[i]] = EncodingHint.Dictionary;

        var draft = artifacts.Begin(file.Stem);
        var stream = new FileStream(draft.Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, options, cancellationToken: cancellationToken);
        return new SegmentWriter(file, columns, kinds, draft, stream, writer, fields);
    }

    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken) =>
        Rows.Count < Rows.Capacity && Rows.Characters < CharactersPerGroup ? default : new ValueTask(FlushAsync(cancellationToken));

    /// <summary>Whether <see cref="FlushIfFullAsync"/> would write: lets callers drop what they share between rows.</summary>
    public bool IsGroupFull => Rows.Count >= Rows.Capacity || Rows.Characters >= CharactersPerGroup;

    public async Task<SegmentReference> CompleteAsync(string importJobArn, CancellationToken cancellationToken)
    {
        if (Rows.Count > 0) await FlushAsync(cancellationToken);
        await _writer.DisposeAsync();
        _closed = true;
        await _stream.FlushAsync(cancellationToken);
        var (name, sizeBytes) = (_file.NameFor(_stream), _stream.Length);
        await _stream.DisposeAsync();
        await _draft.PublishAsync(name, cancellationToken);
        _completed = true;
        return new SegmentReference(name, _rows, sizeBytes, importJobArn) { Sequence = _file.Sequence };
    }

    public async ValueTask DisposeAsync()
    {
        if (_completed) return;
        if (!_closed)
        {
            _closed = true;
            await _writer.DisposeAsync();
        }
        await _stream.DisposeAsync();
        _draft.Dispose();
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using (var group = _writer.CreateRowGroup()) await Rows.WriteAsync(group, _fields, cancellationToken);
        _rows += Rows.Count;
        Rows.Clear();
    }
}
