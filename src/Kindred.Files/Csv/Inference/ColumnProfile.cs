namespace Kindred.Files.Csv.Inference;

/// <summary>What the values of one column have in common, seen row by row.</summary>
public sealed class ColumnProfile
{
    private const int MostDistinctLooked = 1_000;
    private readonly HashSet<string> _distinct = [];
    private readonly NumberTally _numbers = new();
    private long _looked;
    private long _characters;
    private long _fractions;

    public long Values { get; private set; }
    public bool HasEmpty { get; private set; }
    /// <summary>Values that are no numbers.</summary>
    public long Words => _numbers.Words;
    /// <summary>The first of them.</summary>
    public string? FirstWord => _numbers.FirstWord;
    public bool HasBars { get; private set; }
    public int Longest { get; private set; }
    public double AverageLength => Values == 0 ? 0 : (double)_characters / Values;

    /// <summary>Whether most values are numbers, and the others gaps.</summary>
    public bool IsNumber => _numbers.IsNumeric;

    /// <summary>Whether all numbers are whole.</summary>
    public bool IsLong => IsNumber && _fractions == 0;

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
        _numbers.Add(value);
        if (NumberTally.IsNumber(value) && !WholeNumber.TryRead(value, out _)) _fractions++;
        if (_looked == MostDistinctLooked) return;
        _looked++;
        _distinct.Add(value);
    }
}
