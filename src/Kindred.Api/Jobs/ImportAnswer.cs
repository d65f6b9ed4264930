using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
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
    public static ImportAnswer Of(Arn arn, DatasetImportJobState state, ImportReport? report, JobDescription? job)
    {
        // An import of a release that made no report has its counts in its state, when it ended well.
        long? good = report?.GoodRows ?? (state.GoodRows > 0 ? state.GoodRows : null);
        long? refused = report?.RefusedRows ?? (state.GoodRows > 0 ? state.BadRows : null);
        return new ImportAnswer(
            arn.ToString(), state.ImportJob.DatasetArn.ToString(), state.ImportJob.ImportMode, state.ImportJob.Status, state.ImportJob.FailureReason,
            good, refused, refused is { } bad && good + bad is > 0 and { } all ? Math.Round(100.0 * bad / all, 4) : null,
            report?.FutureRows, report?.Faults,
            refused > 0 ? $"/v1/jobs/{ResourceTypes.DatasetImportJob}/{arn.Name}/refused-rows" : null,
            job is null ? null : JobView.Of(job));
    }
}
