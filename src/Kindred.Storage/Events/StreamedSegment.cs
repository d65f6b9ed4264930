using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Events;

/// <summary>A segment that a compaction may come to write: no file is made before the first row.</summary>
internal sealed class StreamedSegment(
    IArtifactStore artifacts, SegmentFile file, string datasetType, IReadOnlyList<string> columns, CancellationToken cancellationToken) : IDisposable
{
    private SegmentWriter? _writer;

    public IReadOnlyList<string> Columns => columns;

    /// <summary>Where the next row's columns go; <see cref="EndRow"/> ends it.</summary>
    public RowGroup Row => (_writer ??= SegmentWriter.Create(artifacts, file, datasetType, columns)).Rows;

    public void EndRow()
    {
        _writer!.Rows.EndRow();
        if (!_writer.IsGroupFull) return;
        cancellationToken.ThrowIfCancellationRequested();
        _writer.FlushIfFull();
    }

    /// <param name="importJobArn">The import whose rows these are; empty for what was streamed.</param>
    /// <returns>The segment, or nothing if there was no row.</returns>
    public IEnumerable<SegmentReference> Complete(string importJobArn = "") =>
        _writer is null ? [] : [Wait(() => _writer.CompleteAsync(importJobArn, cancellationToken))];

    public void Dispose()
    {
        if (_writer is { } writer) Wait(() => writer.DisposeAsync().AsTask());
    }

    // Compaction runs on threads of its own and writes to a local disk.
    private static T Wait<T>(Func<Task<T>> work)
    {
        using var blocking = BlockingScope.Enter();
        return work().GetAwaiter().GetResult();
    }

    private static void Wait(Func<Task> work)
    {
        using var blocking = BlockingScope.Enter();
        work().GetAwaiter().GetResult();
    }
}
