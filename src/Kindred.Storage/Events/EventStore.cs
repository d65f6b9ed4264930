using Kindred.Contracts.Arns;

namespace Kindred.Storage.Events;

/// <summary>The streamed records of every dataset group: one append-only log per group.</summary>
public sealed class EventStore : IAsyncDisposable
{
    /// <param name="dataRoot">The data folder; logs lie in <c>events/{account}/{group}/</c>.</param>
    public EventStore(string dataRoot) => _ = dataRoot;

    /// <summary>Appends records and completes once they are synced to disk; all of them are kept, or none.</summary>
    /// <returns>The position of the first record; the others follow one by one.</returns>
    /// <exception cref="IOException">The disk refused; none of the records is in the log.</exception>
    public ValueTask<long> AppendAsync(Arn datasetGroup, IReadOnlyList<StreamedRecord> records, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Visits the records from a position on, in order, up to what was durable when the call began.</summary>
    public void Replay(Arn datasetGroup, long fromPosition, Action<long, StreamedRecord> visit) => throw new NotSupportedException();

    /// <summary>The position that the next record will get.</summary>
    public long EndPosition(Arn datasetGroup) => throw new NotSupportedException();

    /// <summary>Deletes the files whose records all lie below a position. Records at or above it are never touched.</summary>
    public void DropBelow(Arn datasetGroup, long position) => throw new NotSupportedException();

    /// <summary>Closes and deletes the log of a group that is gone.</summary>
    public ValueTask DeleteAsync(Arn datasetGroup) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
