using Kindred.Contracts.Jobs;

namespace Kindred.Grains.Jobs;

/// <summary>One attempt, as the job's grain orders it from the silo that is to make it.</summary>
/// <param name="Resource">The ARN of the job's resource.</param>
[GenerateSerializer, Immutable, Alias("Kindred.JobOrder")]
internal sealed record JobOrder(
    [property: Id(0)] string Resource,
    [property: Id(1)] JobKind Kind,
    [property: Id(2)] int Attempt,
    [property: Id(3)] JobLane Lane,
    [property: Id(4)] JobTerms Terms);
