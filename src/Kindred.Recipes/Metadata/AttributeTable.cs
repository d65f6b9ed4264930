namespace Kindred.Recipes.Metadata;

/// <summary>What is known about items or users, as columns; row = item or user code of the interaction log. Immutable.</summary>
/// <param name="RowCount">Number of items or users.</param>
/// <param name="Categories">Categorical columns.</param>
/// <param name="Numbers">Numeric columns.</param>
/// <param name="Texts">Free text, in the order of the schema.</param>
public sealed record AttributeTable(
    int RowCount,
    IReadOnlyList<CategoryColumn> Categories,
    IReadOnlyList<NumberColumn> Numbers,
    IReadOnlyList<TextColumn> Texts);
