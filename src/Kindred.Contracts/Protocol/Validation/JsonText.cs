using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>Strings of untrusted JSON.</summary>
internal static class JsonText
{
    /// <returns>False when the string's escapes do not make up valid Unicode, as <c>"\ud800"</c> does not.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // The reader has no way to ask first. The body is known to be valid UTF-8, so only an escape can be at fault.
            text = null;
            return false;
        }
    }

    /// <summary>The length that the contract counts: Unicode code points.</summary>
    public static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        foreach (var unit in text)
        {
            if (char.IsLowSurrogate(unit)) count--;
        }

        return count;
    }

    /// <param name="text">Must be valid UTF-8.</param>
    public static int CodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var unit in text)
        {
            if ((unit & 0xC0) != 0x80) count++;
        }

        return count;
    }

    /// <summary>Whether <paramref name="text"/> is one JSON object, at most <paramref name="maxDepth"/> levels deep.</summary>
    public static bool IsObject(string text, int maxDepth)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !TryRead(ref reader, out _)) return false;
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
