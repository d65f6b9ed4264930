using System.Globalization;

namespace Kindred.Files.Csv;

/// <summary>
/// Whether a column is one of numbers, told by all its values and not by one: most are numbers, and what is none comes in few words
/// (<c>N/A</c>, <c>on request</c>) or seldom. Those are gaps then.
/// </summary>
public sealed class NumberTally
{
    /// <summary>Different words that a column of numbers may have, however often.</summary>
    public const int MostWords = 8;

    /// <summary>One value in so many may be any word.</summary>
    public const int ValuesPerWord = 100;

    private readonly HashSet<string> _different = new(StringComparer.Ordinal);

    public long Numbers { get; private set; }

    /// <summary>Values that are no numbers.</summary>
    public long Words { get; private set; }

    /// <summary>The first of them.</summary>
    public string? FirstWord { get; private set; }

    /// <summary>False for a column without values.</summary>
    public bool IsNumeric => Numbers > Words && (_different.Count <= MostWords || Words * ValuesPerWord <= Numbers + Words);

    /// <summary>A finite number, and no code: digits with a zero in front, such as <c>02139</c>, are one.</summary>
    public static bool IsNumber(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        var isCode = value.Length > 1 && value[0] == '0' && !value.ContainsAnyExceptInRange('0', '9');
        return !isCode && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
    }

    /// <param name="value">Not empty.</param>
    /// <param name="count">How often it is there.</param>
    public void Add(ReadOnlySpan<char> value, long count = 1)
    {
        if (IsNumber(value))
        {
            Numbers += count;
            return;
        }
        Words += count;
        if (_different.Count > MostWords) return;
        var word = value.ToString();
        FirstWord ??= word;
        _different.Add(word);
    }
}
