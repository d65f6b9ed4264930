namespace Kindred.Recipes.Metadata;

/// <summary>How the values of a metadata column are read.</summary>
public enum AttributeKind
{
    /// <summary>One of a set of values; several are parted by <c>|</c>.</summary>
    Category,

    /// <summary>A number; what is none, or not finite, counts as missing.</summary>
    Number,

    /// <summary>Free text.</summary>
    Text,

    /// <summary>When the item came into the catalogue, in epoch seconds: counts as the item's age.</summary>
    CreationTime,
}
