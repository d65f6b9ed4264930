using System.Globalization;

namespace Kindred.Recipes.Interactions;

/// <summary>A column of interactions beyond who, what and when: 4 bytes per interaction. Immutable.</summary>
public sealed class ContextColumn
{
    private readonly int[] _codes;

    /// <param name="name">Name in the schema or the header.</param>
    /// <param name="cells">
    /// The different values of a categorical column, each perhaps several parted by <c>|</c>; null = the column is numeric.
    /// </param>
    /// <param name="codes">Of each interaction its place in <paramref name="cells"/>, -1 = none; or the bits of its number, NaN = none.</param>
    internal ContextColumn(string name, IReadOnlyList<string>? cells, int[] codes) => (Name, Cells, _codes) = (name, cells, codes);

    public string Name { get; }

    /// <summary>The different values of a categorical column; null = the column is numeric.</summary>
    public IReadOnlyList<string>? Cells { get; }

    /// <summary>Interactions without a value.</summary>
    public int Gaps => _codes.AsSpan().Count(Cells is null ? BitConverter.SingleToInt32Bits(float.NaN) : -1);

    /// <summary>Place of each interaction's value in <see cref="Cells"/>, -1 = none, or a number's bits, shape [interactions].</summary>
    internal ReadOnlySpan<int> Codes => _codes;

    /// <summary>The number of an interaction in a numeric column; NaN = none.</summary>
    internal float Number(int interaction) => BitConverter.Int32BitsToSingle(_codes[interaction]);

    /// <returns>The value of an interaction as a CSV would spell it, or null.</returns>
    public string? Text(int interaction) =>
        Cells is null ? Number(interaction) is var number && float.IsNaN(number) ? null : number.ToString("R", CultureInfo.InvariantCulture)
        : _codes[interaction] < 0 ? null
        : Cells[_codes[interaction]];

    /// <summary>The column at <paramref name="kept"/> interactions, those of <paramref name="keep"/>.</summary>
    internal ContextColumn Where(ReadOnlySpan<bool> keep, int kept)
    {
        var codes = new int[kept];
        for (var (i, next) = (0, 0); next < kept; i++)
        {
            if (keep[i])
                codes[next++] = _codes[i];
        }
        return new ContextColumn(Name, Cells, codes);
    }
}
