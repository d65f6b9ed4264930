using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;

namespace Kindred.Lab.Files;

/// <summary>Reads ids, times and numbers from the bytes of a field.</summary>
internal static class FieldText
{
    public const int MaxIdChars = 256;
    public const long TicksPerSecond = 1_000_000;

    // Seconds stay below the first until the year 5138; milliseconds, microseconds and nanoseconds since 1973 lie above the others.
    private const double LeastMilliseconds = 1e11;
    private const double LeastMicroseconds = 1e14;
    private const double LeastNanoseconds = 1e17;

    /// <summary>What is wrong with an id, or null.</summary>
    public static string? FaultOfId(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "is empty";
        if (!Utf8.IsValid(utf8))
            return "is not valid UTF-8";
        if (utf8.Length > MaxIdChars && System.Text.Encoding.UTF8.GetCharCount(utf8) is var chars and > MaxIdChars)
            return $"has {chars} characters; at most {MaxIdChars} are allowed";
        return utf8.IndexOfAnyInRange((byte)0, (byte)31) >= 0 ? "holds a control character" : null;
    }

    /// <summary>
    /// Epoch seconds, whole or decimal, in microseconds. Numbers too large for seconds are taken as milliseconds (from 1e11), microseconds
    /// (from 1e14) or nanoseconds (from 1e17).
    /// </summary>
    public static bool TryTime(ReadOnlySpan<byte> field, out long microseconds)
    {
        if (Utf8Parser.TryParse(field, out long whole, out var consumed) && consumed == field.Length && Math.Abs(whole) < (long)LeastMilliseconds)
        {
            microseconds = whole * TicksPerSecond;
            return true;
        }
        if (consumed == field.Length && consumed > 0 && Math.Abs((double)whole) >= LeastMilliseconds)
        {
            microseconds = Math.Abs((double)whole) switch
            {
                >= LeastNanoseconds => whole / 1000,
                >= LeastMicroseconds => whole,
                _ => whole * 1000,
            };
            return true;
        }
        microseconds = 0;
        if (!decimal.TryParse(field.Trim((byte)' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return false;
        var size = (double)Math.Abs(value);
        if (size >= 9e18)
            return false;
        microseconds = (long)decimal.Floor(size switch
        {
            >= LeastNanoseconds => value / 1000,
            >= LeastMicroseconds => value,
            >= LeastMilliseconds => value * 1000,
            _ => value * TicksPerSecond,
        });
        return true;
    }

    /// <summary>A finite number.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> field, out float value) =>
        float.TryParse(field.Trim((byte)' '), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
}
