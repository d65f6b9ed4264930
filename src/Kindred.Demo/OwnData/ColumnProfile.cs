using System.Globalization;

namespace Kindred.Demo.OwnData;

/// <summary>What the values of one column have in common, seen row by row.</summary>
internal sealed class ColumnProfile
{
    private const int MostDistinctLooked = 1_000;
    private readonly HashSet<string> _distinct = [];
    private long _looked;
    private long _characters;

    public long Values { get; private set; }
    public bool HasEmpty { get; private set; }
    public bool IsLong { get; private set; } = true;
    public bool IsNumber { get; private set; } = true;
    public bool HasBars { get; private set; }
    public int Longest { get; private set; }
    public double AverageLength => Values == 0 ? 0 : (double)_characters / Values;

    /// <summary>Whether most of the first values differ, as names and texts do and categories do not.</summary>
    public bool IsMostlyDistinct => _distinct.Count > _looked / 2 && !HasBars;

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
        IsLong = IsLong && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        IsNumber = IsNumber && float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && float.IsFinite(number);
        if (_looked == MostDistinctLooked) return;
        _looked++;
        _distinct.Add(value);
    }
}
