using System.Globalization;
using Kindred.Files.Csv;

namespace Kindred.Demo.OwnData;

/// <summary>What the values of one column have in common, seen row by row.</summary>
internal sealed class ColumnProfile
{
    private const int MostDistinctLooked = 1_000;

    /// <summary>Numbers are the rule of a column in which other words are few: in kind (<c>N/A</c>, <c>on request</c>), or in number.</summary>
    private const int MostWords = 8;
    private const int LeastShareOfWords = 10; // one value in so many

    private readonly HashSet<string> _distinct = [];
    private readonly HashSet<string> _words = [];
    private long _looked;
    private long _characters;
    private long _fractions;

    public long Values { get; private set; }
    public bool HasEmpty { get; private set; }
    /// <summary>Values that are no numbers.</summary>
    public long Words { get; private set; }
    /// <summary>The first of them.</summary>
    public string? FirstWord { get; private set; }
    public bool HasBars { get; private set; }
    public int Longest { get; private set; }
    public double AverageLength => Values == 0 ? 0 : (double)_characters / Values;

    /// <summary>Whether most values are numbers, and the others gaps.</summary>
    public bool IsNumber => 2 * Words < Values && (_words.Count <= MostWords || Words * LeastShareOfWords <= Values);

    /// <summary>Whether all numbers are whole.</summary>
    public bool IsLong => IsNumber && _fractions == 0;

    /// <summary>Whether most of the first values differ, as names and texts do and categories do not.</summary>
    public bool IsMostlyDistinct => _distinct.Count > _looked / 2 && !HasBars;

    public static bool IsNumeric(string value) =>
        float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number);

    public void Add(string value)
    {
        if (value.Length == 0)
        {
            HasEmpty = true;
            return;
        }
        Values++;
        _characters += value.Length;
        Longest = Math.Max(Longest, value.Length);
        HasBars = HasBars || value.Contains('|', StringComparison.Ordinal);
        if (!IsNumeric(value)) AddWord(value);
        else if (!WholeNumber.TryRead(value, out _)) _fractions++;
        if (_looked == MostDistinctLooked) return;
        _looked++;
        _distinct.Add(value);
    }

    private void AddWord(string value)
    {
        Words++;
        FirstWord ??= value;
        if (_words.Count <= MostWords) _words.Add(value);
    }
}
