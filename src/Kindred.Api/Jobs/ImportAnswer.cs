using Kindred.Contracts.Arns;
using Kindred.Operations.Readings;
using Kindred.Storage.Import;

namespace Kindred.Api.Jobs;

/// <param name="GoodRows">Rows that fit the schema; absent before the file was read. They were imported if the status is ACTIVE.</param>
/// <param name="RefusedRows">Rows that did not.</param>
/// <param name="RefusedPercent">Of all rows.</param>
/// <param name="FutureRows">Good rows whose time had not come when they were read; none was more than a day ahead.</param>
/// <param name="Faults">Why rows were refused, by column, the most frequent first.</param>
/// <param name="RefusedRowsPath">Where the refused rows are, as a CSV; absent when there is none.</param>
/// <param name="Job">The job that waits or runs; absent when none does.</param>
internal sealed record ImportAnswer(
    string DatasetImportJobArn, string? DatasetArn, string? ImportMode, string? Status, string? FailureReason,
    long? GoodRows, long? RefusedRows, double? RefusedPercent, long? FutureRows,
    IReadOnlyList<ColumnFaults>? Faults, string? RefusedRowsPath, JobView? Job)
{
    public static ImportAnswer Of(Arn arn, ImportReading import)
    {
        var (record, good, refused) = (import.State.ImportJob, import.GoodRows, import.RefusedRows);
        return new ImportAnswer(
            arn.ToString(), record.DatasetArn.ToString(), record.ImportMode, record.Status, record.FailureReason,
            good, refused, refused is { } bad && good + bad is > 0 and { } all ? Math.Round(100.0 * bad / all, 4) : null,
            import.Report?.FutureRows, import.Report?.Faults,
            refused > 0 ? $"/v1/jobs/{ResourceTypes.DatasetImportJob}/{arn.Name}/refused-rows" : null,
            import.Job is null ? null : JobView.Of(import.Job));
    }
}
