using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Storage.Import;

namespace Kindred.Operations.Readings;

/// <param name="Report">Null until the file was read.</param>
/// <param name="Job">The job that waits or runs; null when none does.</param>
public sealed record ImportReading(DatasetImportJobState State, ImportReport? Report, JobDescription? Job)
{
    /// <summary>Rows that fit the schema; null before the file was read. They were imported if the status is ACTIVE.</summary>
    /// <remarks>An import of a release that made no report has its counts in its state, when it ended well.</remarks>
    public long? GoodRows => Report?.GoodRows ?? (State.GoodRows > 0 ? State.GoodRows : null);

    /// <summary>Rows that did not.</summary>
    public long? RefusedRows => Report?.RefusedRows ?? (State.GoodRows > 0 ? State.BadRows : null);
}
