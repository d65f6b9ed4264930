using Kindred.Contracts.Attribution;

namespace Kindred.Serving.Attribution;

/// <summary>What the events of one source come to.</summary>
/// <param name="Function">Of the metric's expression: <c>SUM</c> or <c>SAMPLECOUNT</c>.</param>
public sealed record AttributedTotal(AttributedMetric Metric, string Function, string Source, double Value);
