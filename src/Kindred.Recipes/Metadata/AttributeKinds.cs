using System.Diagnostics.CodeAnalysis;
using Kindred.Files.Csv;

namespace Kindred.Recipes.Metadata;

/// <summary>Guesses how columns are read, for files without a schema.</summary>
/// <remarks>
/// In this order, over the values that are not empty (<c>nan</c> and <c>null</c> count as empty): <c>CREATION_TIMESTAMP</c> is the item's age;
/// a column of numbers with more than <see cref="MaxNumericCategories"/> different ones is numeric, where <see cref="NumberTally"/> says
/// what a column of numbers is, whose other values are gaps; a column whose values, parted
/// at <c>|</c>, are mostly different and of which a quarter or more hold a space is text; any other is categorical. A column without
/// values is categorical.
/// </remarks>
public static class AttributeKinds
{
    /// <summary>Numbers with at most this many different values are codes or classes (occupation 0..20), not measures.</summary>
    public const int MaxNumericCategories = 32;

    private const int MaxDifferent = 20_000; // enough to tell; keeps memory in bounds

    /// <summary>Whether a value counts as empty: so do <c>nan</c> and <c>null</c>.</summary>
    public static bool IsNone([NotNullWhen(false)] string? value) => string.IsNullOrWhiteSpace(value)
        || value.Equals("nan", StringComparison.OrdinalIgnoreCase) || value.Equals("null", StringComparison.OrdinalIgnoreCase);

    /// <param name="names">The columns.</param>
    /// <param name="rows">A value per column each; read once.</param>
    public static IReadOnlyList<AttributeColumn> Infer(IReadOnlyList<string> names, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var seen = names.Select(_ => new Sample()).ToArray();
        foreach (var row in rows)
        {
            for (var c = 0; c < seen.Length; c++)
                seen[c].Observe(row[c]);
        }
        return [.. names.Zip(seen, (name, sample) => new AttributeColumn(
            name, name == AttributeColumn.CreationTimestamp ? AttributeKind.CreationTime : sample.Kind))];
    }

    private sealed class Sample
    {
        private readonly HashSet<string> _different = new(StringComparer.Ordinal);
        private readonly NumberTally _numbers = new();
        private int _parts;
        private int _withSpace;

        public AttributeKind Kind =>
            _numbers.IsNumeric && _different.Count > MaxNumericCategories ? AttributeKind.Number
            : !_numbers.IsNumeric && _different.Count * 2 > _parts && _withSpace * 4 >= _parts ? AttributeKind.Text
            : AttributeKind.Category;

        public void Observe(string? value)
        {
            if (IsNone(value))
                return;
            _numbers.Add(value);
            if (_different.Count == MaxDifferent)
                return;
            foreach (var part in value.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                _parts++;
                _withSpace += part.Contains(' ', StringComparison.Ordinal) ? 1 : 0;
                _different.Add(part);
            }
        }
    }
}
