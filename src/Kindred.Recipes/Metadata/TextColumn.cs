namespace Kindred.Recipes.Metadata;

/// <summary>A column of free text.</summary>
/// <param name="Name">Name of the column in the schema.</param>
/// <param name="Values">One text per row; null = none.</param>
public sealed record TextColumn(string Name, string?[] Values);
