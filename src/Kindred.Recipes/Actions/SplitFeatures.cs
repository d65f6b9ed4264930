using Kindred.Recipes.Metadata;

namespace Kindred.Recipes.Actions;

/// <summary>The attributes of actions or users as numbers for trees to split by.</summary>
/// <param name="Count">Features per row.</param>
/// <param name="Values">Finite, row-major, shape [rows, Count].</param>
internal sealed record SplitFeatures(int Count, ReadOnlyMemory<float> Values)
{
    private const float Missing = -1e6f;
    private const int MaxColumns = 10;

    public static SplitFeatures None { get; } = new(0, default);

    /// <summary>Of a categorical column the code of the first value, of a numeric one the number; ten of each at most.</summary>
    public static SplitFeatures Of(AttributeTable? table)
    {
        if (table is null)
            return None;
        var (categories, numbers) = (table.Categories.Take(MaxColumns).ToArray(), table.Numbers.Take(MaxColumns).ToArray());
        var count = categories.Length + numbers.Length;
        var values = new float[table.RowCount * count];
        for (var row = 0; row < table.RowCount; row++)
        {
            for (var column = 0; column < categories.Length; column++)
                values[row * count + column] = categories[column].Row(row) is [var code, ..] ? code : Missing;
            for (var column = 0; column < numbers.Length; column++)
                values[row * count + categories.Length + column] = float.IsFinite(numbers[column].Values[row])
                    ? numbers[column].Values[row]
                    : Missing;
        }
        return new SplitFeatures(count, values);
    }

    /// <summary>Copies the features of one row; of an unknown one, that everything is missing.</summary>
    public void CopyTo(int row, Span<float> features)
    {
        if (row >= 0 && (row + 1) * Count <= Values.Length)
            Values.Span.Slice(row * Count, Count).CopyTo(features);
        else
            features[..Count].Fill(Missing);
    }
}
