using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Import;

/// <summary>Turns CSV files into segments, one pass, in memory that does not depend on their size.</summary>
public static class CsvImporter
{
    /// <exception cref="RefusedException">The job fails as a whole; the message is its failure reason.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was written is removed.</exception>
    public static Task<ImportOutcome> ImportAsync(CsvImport import, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();
}
