namespace Kindred.Contracts.Attribution;

/// <summary>What a metric came to in a quarter of an hour, by what its events are attributed to.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Source">Given with the events, or the ARN of the campaign or recommender whose recommendation they followed.</param>
/// <param name="At">When the quarter began, UTC.</param>
public sealed record AttributedValue(string Metric, string Source, DateTimeOffset At, double Value);
