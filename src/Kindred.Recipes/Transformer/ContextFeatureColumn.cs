using System.Globalization;

namespace Kindred.Recipes.Transformer;

/// <summary>What one column of context can say.</summary>
internal sealed class ContextFeatureColumn
{
    private readonly Dictionary<string, int> _places;

    /// <param name="name">Its name in the schema.</param>
    /// <param name="first">Number of its first feature.</param>
    /// <param name="values">The values of a categorical column, each once.</param>
    /// <param name="limits">Where the ranges of a numeric column begin, but for the first, ascending; at least one.</param>
    public ContextFeatureColumn(string name, int first, IReadOnlyList<string> values, float[] limits)
    {
        (Name, First, Values, Limits) = (name, first, values, limits);
        _places = values.Index().ToDictionary(value => value.Item, value => value.Index, StringComparer.Ordinal);
    }

    public string Name { get; }
    public int First { get; }
    public IReadOnlyList<string> Values { get; }
    public float[] Limits { get; }
    public bool IsNumeric => Limits.Length > 0;

    /// <summary>Features of the column.</summary>
    public int Count => IsNumeric ? Limits.Length + 1 : Values.Count;

    /// <summary>The different parts of a cell of categories.</summary>
    public static IEnumerable<string> Split(string cell) =>
        cell.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal);

    /// <summary>The same column with its features elsewhere.</summary>
    public ContextFeatureColumn At(int first) => new(Name, first, Values, Limits);

    /// <summary>The features of a value as a CSV spells it; none when it is not known.</summary>
    public int[] Find(string text) => IsNumeric
        ? float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? [Find(number)] : []
        : [.. Split(text).Where(_places.ContainsKey).Select(value => First + _places[value])];

    /// <summary>The feature of a number.</summary>
    public int Find(float number)
    {
        var at = Array.BinarySearch(Limits, number);
        return First + (at >= 0 ? at + 1 : ~at);
    }

    /// <summary>Place in this column of what a value of another column of its kind says; -1 = not known. Ranges keep their places.</summary>
    public int PlaceOf(ContextFeatureColumn other, int value) => IsNumeric
        ? value < Count ? value : -1
        : _places.GetValueOrDefault(other.Values[value], -1);
}
