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
    IReadOnlyList<TextColumn> Texts)
{
    /// <summary>In <see cref="CreationTimes"/>: not known.</summary>
    public const long UnknownTime = long.MinValue;

    /// <summary>
    /// When each item came into the catalogue, epoch seconds or <see cref="UnknownTime"/>; null without such a column. Not among
    /// <see cref="Numbers"/>, since a date means nothing by itself: see <see cref="ItemAges"/>.
    /// </summary>
    public long[]? CreationTimes { get; init; }

    /// <summary>The rows at <paramref name="rows"/>, in that order.</summary>
    internal AttributeTable Rows(int[] rows) => new(
        rows.Length, [.. Categories.Select(column => column.Rows(rows))],
        [.. Numbers.Select(column => column with { Values = Array.ConvertAll(rows, row => column.Values[row]) })],
        [.. Texts.Select(column => column with { Values = Array.ConvertAll(rows, row => column.Values[row]) })])
    {
        CreationTimes = CreationTimes is { } times ? Array.ConvertAll(rows, row => times[row]) : null,
    };
}
