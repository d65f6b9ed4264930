namespace Kindred.Recipes.Metadata;

/// <summary>A numeric column.</summary>
/// <param name="Name">Name of the column in the schema.</param>
/// <param name="Values">One value per row, in the column's own unit; NaN = none.</param>
public sealed record NumberColumn(string Name, float[] Values);
