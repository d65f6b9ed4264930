namespace Kindred.Serving.Recommendations;

/// <summary>One place of an answer.</summary>
/// <param name="Item">In the request's space, or beyond it where the request gave an id that nobody knows.</param>
/// <param name="Given">Its position among the ids that the request gave, or -1.</param>
/// <param name="Score">Null where the recipe publishes none.</param>
/// <param name="Reason">Null where none is given.</param>
/// <param name="IsPromoted">Whether it is there because of the request's promotion.</param>
internal readonly record struct Place(int Item, int Given, double? Score, IReadOnlyList<string>? Reason, bool IsPromoted = false);
