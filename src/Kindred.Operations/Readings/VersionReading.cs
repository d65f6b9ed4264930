using Kindred.Contracts.Jobs;
using Kindred.Contracts.Solutions;

namespace Kindred.Operations.Readings;

/// <param name="Job">The training that waits or runs; null when none does.</param>
public sealed record VersionReading(SolutionVersionState State, JobDescription? Job);
