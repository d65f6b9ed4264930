namespace Kindred.Contracts.Solutions;

/// <summary>Where a metric lies with 95 % confidence, by resampling the users that it was measured with.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.MetricInterval")]
public sealed record MetricInterval([property: Id(0)] double Low, [property: Id(1)] double High);
