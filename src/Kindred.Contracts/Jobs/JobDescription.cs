namespace Kindred.Contracts.Jobs;

/// <summary>An unfinished job, as people see it.</summary>
/// <param name="Fraction">Share of the work done by the current attempt, 0..1.</param>
/// <param name="Stage">What is being done now, a short phrase.</param>
[GenerateSerializer, Immutable, Alias("Kindred.JobDescription")]
public sealed record JobDescription(
    [property: Id(0)] string ResourceArn,
    [property: Id(1)] JobKind Kind,
    [property: Id(2)] int Attempt,
    [property: Id(3)] double Fraction,
    [property: Id(4)] string Stage,
    [property: Id(5)] DateTimeOffset StartedAt)
{
    /// <summary>How the model in training gets better; empty where nothing of the kind is measured, or before it is.</summary>
    [Id(6)] public IReadOnlyList<CurvePoint> Curve { get; init; } = [];
}
