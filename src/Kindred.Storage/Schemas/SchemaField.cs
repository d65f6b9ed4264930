namespace Kindred.Storage.Schemas;

/// <summary>One column of a dataset.</summary>
/// <param name="Name">As the schema spells it; the CSV header must spell it the same way.</param>
/// <param name="Nullable">Whether a value may be left empty: the type is a union with <c>null</c>.</param>
/// <param name="Categorical">Values are categories, several in one value separated by <c>|</c>.</param>
/// <param name="Textual">Free text, at most one column of an Items dataset.</param>
/// <param name="ItemName">The item's title, for semantic similarity.</param>
public sealed record SchemaField(string Name, FieldType Type, bool Nullable, bool Categorical, bool Textual, bool ItemName)
{
    /// <summary>Least and greatest value of a whole number; null where any is good.</summary>
    public (long Least, long Most)? Range { get; init; }
}
