using System.Text.Json;
using System.Text.Json.Serialization;
using Kindred.Contracts.Jobs;

namespace Kindred.Api.Jobs;

/// <param name="Kind">A name of <see cref="JobKind"/>.</param>
/// <param name="Attempt">1 for the first; more after the host was stopped or died.</param>
/// <param name="Progress">Share of the work done, 0..1.</param>
/// <param name="Stage">What is being done now, such as <c>transformer, epoch 12 of 60</c>; <c>waiting</c> before it begins.</param>
internal sealed record JobView(string ResourceArn, string Kind, int Attempt, double Progress, string Stage, DateTimeOffset StartedAt)
{
    public static JobView Of(JobDescription job) =>
        new(job.ResourceArn, job.Kind.ToString(), job.Attempt, Math.Round(job.Fraction, 4), job.Stage, job.StartedAt);
}

internal sealed record JobListing(IReadOnlyList<JobView> Jobs);

/// <param name="Rung">
/// The members of the model that serves, such as <c>sequence statistics + item-kNN</c>; absent before the version is ACTIVE.
/// </param>
/// <param name="Refinement">A name of <see cref="Contracts.Solutions.Refinement"/>.</param>
/// <param name="RefinementFailure">Why the refinement failed; absent when it did not.</param>
/// <param name="TrainingSeconds">What all trainings of the version took together.</param>
/// <param name="QuotedSeconds">What one training was expected to take; trainings measure on held-out users as well, and may search.</param>
/// <param name="QuotedBytes">Memory that one training was expected to take at its peak.</param>
/// <param name="Habit">How often users come back to what they have met, and whether rows are baskets, in a line.</param>
/// <param name="Job">The training that waits or runs; absent when none does.</param>
/// <param name="DataDeletedAt">When users were deleted on whose data the model was trained too; absent when none was.</param>
internal sealed record VersionAnswer(
    string SolutionVersionArn, string Status, string? Rung, string Refinement,
    string? RefinementFailure, double? TrainingSeconds, double? QuotedSeconds,
    long? QuotedBytes, string? Habit, JobView? Job, DateTimeOffset? DataDeletedAt);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobListing))]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(DeletionAnswer))]
internal sealed partial class JobsJson : JsonSerializerContext;
