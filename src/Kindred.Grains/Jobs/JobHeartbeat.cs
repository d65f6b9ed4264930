using Kindred.Contracts.Jobs;

namespace Kindred.Grains.Jobs;

/// <summary>A sign of life of an attempt that waits or runs, and how far it is.</summary>
/// <param name="Silo">The silo that holds the attempt, as <see cref="SiloMembers"/> names it.</param>
/// <param name="Fraction">Share of the work done, 0..1.</param>
[GenerateSerializer, Immutable, Alias("Kindred.JobHeartbeat")]
internal sealed record JobHeartbeat(
    [property: Id(0)] int Attempt,
    [property: Id(1)] string Silo,
    [property: Id(2)] double Fraction,
    [property: Id(3)] string Stage)
{
    /// <summary>The learning curve so far; null when nothing of the kind is measured, or before it is.</summary>
    [Id(4)] public IReadOnlyList<CurvePoint>? Curve { get; init; }
}
