using Kindred.Contracts.Arns;

namespace Kindred.Storage.Events;

/// <summary>
/// The streamed records of every dataset group, one append-only log per group. A log is made once, together with its group, and is
/// never assumed: every call but <see cref="CreateAsync"/> and <see cref="DeleteAsync"/> fails with
/// <see cref="EventLogMissingException"/> where the log is absent or another's. No position is made up and no log is taken for empty.
/// </summary>
public interface IEventLog
{
    /// <summary>Makes a group's log, empty; a log that is there already stays what it is. It is on disk when this returns.</summary>
    Task CreateAsync(Arn datasetGroup, CancellationToken cancellationToken);

    /// <summary>Appends records and completes once they are synced to disk; all of them are kept, or none.</summary>
    /// <param name="cancellationToken">Counts until the records are queued; from then on they will be written.</param>
    /// <returns>The position of the first record; the others follow one by one.</returns>
    /// <exception cref="IOException">The disk refused, or the log is not there; none of the records is in the log.</exception>
    ValueTask<long> AppendAsync(Arn datasetGroup, IReadOnlyList<StreamedRecord> records, CancellationToken cancellationToken);

    /// <summary>
    /// Visits the records from a position on, in order, up to what was durable when the call began. Records of a kind that only a newer
    /// release knows are passed over: they keep their positions, and <see cref="PassedOver"/> counts them.
    /// </summary>
    /// <param name="visit">Runs on a thread that is no grain's and no request's; it may take its time. What it throws ends the reading.</param>
    /// <exception cref="InvalidDataException">A file is damaged before its end.</exception>
    Task ReadAsync(Arn datasetGroup, long fromPosition, RecordVisitor visit, CancellationToken cancellationToken);

    /// <summary>How many records this process has passed over; one that is read twice counts twice.</summary>
    long PassedOver { get; }

    /// <summary>The position that the next record will get, counted from 0. Answered at once, but for the first use after a start.</summary>
    ValueTask<long> EndPositionAsync(Arn datasetGroup, CancellationToken cancellationToken);

    /// <summary>Begins a new file, so that <see cref="DropBelowAsync"/> can let go of every record that there is now.</summary>
    /// <returns>The position that the next record will get.</returns>
    Task<long> SealAsync(Arn datasetGroup, CancellationToken cancellationToken);

    /// <summary>Lets records below a position go, in whole files. Records at or above it are never touched.</summary>
    Task DropBelowAsync(Arn datasetGroup, long position, CancellationToken cancellationToken);

    /// <summary>Removes the log of a group that is gone, if it is there. A later group of that name starts at position 0.</summary>
    Task DeleteAsync(Arn datasetGroup, CancellationToken cancellationToken);

    /// <summary>
    /// Before anything else at a start: once, makes the missing logs of groups from a release that made a log with its first
    /// record. From then on a log that is missing is lost.
    /// </summary>
    /// <param name="datasetGroups">Every group that exists.</param>
    Task AdoptAsync(IReadOnlyCollection<Arn> datasetGroups, CancellationToken cancellationToken);
}
