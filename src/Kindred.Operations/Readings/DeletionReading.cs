using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;

namespace Kindred.Operations.Readings;

/// <param name="Job">The job that waits or runs; null when none does.</param>
public sealed record DeletionReading(DataDeletionJobState State, JobDescription? Job);
