namespace Kindred.Recipes.Metadata;

/// <summary>A metadata column to come.</summary>
/// <param name="Name">Its name in the schema or the header.</param>
/// <param name="Kind">How its values are read.</param>
public sealed record AttributeColumn(string Name, AttributeKind Kind)
{
    /// <summary>The reserved column of item age.</summary>
    public const string CreationTimestamp = "CREATION_TIMESTAMP";
}
