using Kindred.Contracts.Datasets;
using Kindred.Operations.Readings;

namespace Kindred.Api.Jobs;

/// <summary>A data deletion job with its receipt.</summary>
/// <param name="Users">Different users in the list; absent, as all that follows, until no dataset holds them any more.</param>
/// <param name="Rows">Records that are gone from the datasets.</param>
/// <param name="LogRecords">Streamed records among them that had not reached a dataset's files.</param>
/// <param name="RefusedRows">Rows that are gone from reports of imports.</param>
/// <param name="RestartedTrainings">Versions whose training began anew, without these users.</param>
/// <param name="TrainedBefore">Versions whose models were trained on their data too; train anew, and delete these.</param>
/// <param name="Job">The job that waits or runs; absent when none does.</param>
internal sealed record DeletionAnswer(
    string DataDeletionJobArn, string DatasetGroupArn, string Status, string? FailureReason,
    long? Users, long? Rows, IReadOnlyList<DeletionAnswer.Removed>? Datasets, long? LogRecords, long? RefusedRows,
    IReadOnlyList<string>? RestartedTrainings, IReadOnlyList<string>? TrainedBefore, JobView? Job)
{
    public static DeletionAnswer Of(DeletionReading deletion)
    {
        var (job, receipt) = (deletion.State.DeletionJob, deletion.State.Receipt);
        return new DeletionAnswer(
            job.Arn.ToString(), job.DatasetGroupArn.ToString(), job.Status, job.FailureReason,
            receipt?.Users, receipt?.Rows, receipt?.Datasets.Select(Removed.Of).ToArray(), receipt?.LogRecords, receipt?.RefusedRows,
            receipt?.RestartedTrainings.Select(static arn => arn.ToString()).ToArray(),
            receipt?.TrainedBefore.Select(static arn => arn.ToString()).ToArray(),
            deletion.Job is null ? null : JobView.Of(deletion.Job));
    }

    /// <param name="Users">Users of the list who had rows here.</param>
    internal sealed record Removed(string DatasetType, long Rows, long Users)
    {
        public static Removed Of(DatasetDeletion dataset) => new(dataset.DatasetType, dataset.Rows, dataset.Users);
    }
}
