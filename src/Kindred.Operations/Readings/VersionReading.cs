using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Solutions;

namespace Kindred.Operations.Readings;

/// <param name="Job">The training that waits or runs; null when none does.</param>
public sealed record VersionReading(SolutionVersionState State, JobDescription? Job)
{
    /// <summary>How the model in training gets better, or how the one that serves did; empty where nothing of the kind is measured.</summary>
    public IReadOnlyList<CurvePoint> Curve => Job is { Curve.Count: > 0 } ? Job.Curve : State.Curve ?? [];

    internal static bool IsWorkedOn(SolutionVersionState version) =>
        ResourceStatus.IsUnfinished(version.Status) || version.Refinement is Refinement.UnderWay;
}
