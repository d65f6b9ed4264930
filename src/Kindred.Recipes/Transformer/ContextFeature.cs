namespace Kindred.Recipes.Transformer;

/// <summary>Something that a context says.</summary>
/// <param name="Feature">Which vector it adds.</param>
/// <param name="Weight">How much of it.</param>
internal readonly record struct ContextFeature(int Feature, float Weight);
