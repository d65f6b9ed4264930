namespace Kindred.Recipes.Interactions;

/// <summary>One event type that counts.</summary>
/// <param name="EventType">Its name, compared ignoring case; null = any, also interactions without a type.</param>
/// <param name="ValueThreshold">Interactions with a lower value, or none, do not count; null = no threshold.</param>
/// <param name="Weight">How much one interaction counts as something to predict, 0..1; only the ratios matter.</param>
public sealed record EventRule(string? EventType, double? ValueThreshold = null, double Weight = 1);
