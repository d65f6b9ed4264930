namespace Kindred.Serving.Recommendations;

/// <summary>One place of a list.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Score">Null where the recipe publishes none.</param>
/// <param name="Reason">Null where none is given.</param>
internal readonly record struct RankedItem(string ItemId, double? Score, string? Reason);
