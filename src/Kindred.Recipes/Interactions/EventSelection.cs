using System.Globalization;

namespace Kindred.Recipes.Interactions;

/// <summary>Which interactions count, and how much: a solution's eventType, eventValueThreshold and eventsConfig.</summary>
/// <param name="Rules">One rule per event type that counts; empty = every interaction counts 1.</param>
public sealed record EventSelection(IReadOnlyList<EventRule> Rules)
{
    public static EventSelection Everything { get; } = new([]);

    /// <summary>Whether the caller gave weights, which adds the metrics with event weights.</summary>
    public bool HasWeights { get; init; }

    /// <summary>One type and/or a threshold, as in <c>solutionConfig.eventValueThreshold</c> and <c>eventType</c>.</summary>
    /// <param name="eventType">The type that counts; null = all.</param>
    /// <param name="eventValueThreshold">A decimal number; events below it, or without a value, do not count. Null = no threshold.</param>
    /// <exception cref="FormatException">The threshold is not a finite number.</exception>
    public static EventSelection Of(string? eventType, string? eventValueThreshold = null) =>
        eventType is null && eventValueThreshold is null
            ? Everything
            : new([new EventRule(eventType, ParseThreshold(eventValueThreshold))]);

    /// <summary>Weighted types, as in <c>solutionConfig.eventsConfig</c>.</summary>
    public static EventSelection OfWeighted(IReadOnlyList<EventRule> rules) =>
        rules.Count == 0 ? Everything : new(rules) { HasWeights = true };

    /// <exception cref="FormatException">The text is not a finite number.</exception>
    public static double? ParseThreshold(string? text)
    {
        if (text is null)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"The event value threshold '{text}' is not a decimal number.");
    }
}
