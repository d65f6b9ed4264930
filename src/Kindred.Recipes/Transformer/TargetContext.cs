namespace Kindred.Recipes.Transformer;

/// <summary>Something that is known of the target of a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Feature">What.</param>
internal readonly record struct TargetContext(int Step, ContextFeature Feature);
