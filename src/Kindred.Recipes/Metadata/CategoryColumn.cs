namespace Kindred.Recipes.Metadata;

/// <summary>A categorical column. A row may have several values (<c>Action|Comedy</c>) or none.</summary>
/// <param name="Name">Name of the column in the schema.</param>
/// <param name="Values">The different values; their index is their code.</param>
/// <param name="Starts">Where each row's codes begin, shape [rows + 1].</param>
/// <param name="Codes">Codes of all rows, one after the other.</param>
public sealed record CategoryColumn(string Name, IReadOnlyList<string> Values, int[] Starts, int[] Codes)
{
    /// <summary>The codes of one row.</summary>
    public ReadOnlySpan<int> Row(int row) => Codes.AsSpan(Starts[row]..Starts[row + 1]);

    /// <summary>The rows at <paramref name="rows"/>, in that order.</summary>
    internal CategoryColumn Rows(int[] rows)
    {
        var (starts, codes) = (new int[rows.Length + 1], new List<int>(Codes.Length));
        for (var i = 0; i < rows.Length; i++)
        {
            codes.AddRange(Row(rows[i]));
            starts[i + 1] = codes.Count;
        }
        return this with { Starts = starts, Codes = [.. codes] };
    }
}
