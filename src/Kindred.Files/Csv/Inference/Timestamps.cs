using System.Globalization;

namespace Kindred.Files.Csv.Inference;

/// <summary>Reads moments as people's tools write them.</summary>
public static class Timestamps
{
    /// <summary>As seconds this is the year 5138, as milliseconds 1973: whoever has a larger number means milliseconds.</summary>
    private const long LargestSeconds = 100_000_000_000;
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;

    /// <returns>The form of one value; null when it is none.</returns>
    public static TimestampForm? FormOf(string text)
    {
        if (WholeNumber.TryRead(text, out var number)) return number > LargestSeconds ? TimestampForm.Milliseconds : TimestampForm.Seconds;
        return TryReadDate(text, out _) ? TimestampForm.Iso8601 : null;
    }

    /// <param name="seconds">Since 1970, rounded down.</param>
    public static bool TryRead(string text, TimestampForm form, out long seconds)
    {
        seconds = 0;
        if (form is TimestampForm.Iso8601)
        {
            if (!TryReadDate(text, out var moment)) return false;
            seconds = moment.ToUnixTimeSeconds();
            return true;
        }
        if (!WholeNumber.TryRead(text, out seconds)) return false;
        if (form is TimestampForm.Milliseconds) seconds = (long)Math.Floor(seconds / 1000.0);
        return true;
    }

    private static bool TryReadDate(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out moment) && text.Length >= 8 && char.IsAsciiDigit(text.TrimStart()[0]);
}
