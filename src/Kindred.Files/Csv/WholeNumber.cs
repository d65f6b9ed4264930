using System.Globalization;

namespace Kindred.Files.Csv;

/// <summary>
/// Whole numbers as people's tools spell them: <c>1700000000</c>, and what spreadsheets and data frames make of a column with one gap,
/// <c>1700000000.0</c> or <c>1.7e9</c>.
/// </summary>
public static class WholeNumber
{
    private const NumberStyles Whole = NumberStyles.Integer;
    private const NumberStyles Spelled = NumberStyles.Float;

    /// <returns>False when the text is no number, has a fraction or does not fit 64 bits.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, Whole, CultureInfo.InvariantCulture, out number)
        || decimal.TryParse(text, Spelled, CultureInfo.InvariantCulture, out var spelled) && TryConvert(spelled, out number);

    /// <inheritdoc cref="TryRead(ReadOnlySpan{char}, out long)"/>
    /// <param name="utf8">The text.</param>
    /// <param name="number">What it says.</param>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out long number) =>
        TryReadDigits(utf8, out number)
        || long.TryParse(utf8, Whole, CultureInfo.InvariantCulture, out number)
        || decimal.TryParse(utf8, Spelled, CultureInfo.InvariantCulture, out var spelled) && TryConvert(spelled, out number);

    /// <summary>Epoch seconds as nearly every file has them: digits and nothing else, too few to overflow.</summary>
    private static bool TryReadDigits(ReadOnlySpan<byte> utf8, out long number)
    {
        number = 0;
        if (utf8.Length is 0 or > 18) return false;
        foreach (var digit in utf8)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            number = number * 10 + (digit - '0');
        }
        return true;
    }

    private static bool TryConvert(decimal spelled, out long number)
    {
        var fits = decimal.IsInteger(spelled) && spelled is >= long.MinValue and <= long.MaxValue;
        number = fits ? (long)spelled : 0;
        return fits;
    }
}
