using System.Buffers;
using System.Text;

namespace Kindred.Api.Authentication;

/// <summary>The path and query of a request as SigV4 writes them. Both start from the target as it came over the wire.</summary>
internal static class CanonicalUri
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <param name="path">As sent, still percent-encoded.</param>
    /// <param name="verbatim">S3 signs the path as it is sent; every other service normalises it and encodes it once more.</param>
    public static string Path(string path, bool verbatim)
    {
        if (path.Length == 0) return "/";
        if (verbatim) return Encode(Decode(path), keepSlash: true);
        var normal = path.Contains("//", StringComparison.Ordinal) || path.Contains("/.", StringComparison.Ordinal) ? Normalize(path) : path;
        // As every path of the protocol is.
        return normal.AsSpan().ContainsAnyExcept(Plain) ? Encode(Encoding.UTF8.GetBytes(normal), keepSlash: true) : normal;
    }

    /// <param name="query">As sent, without the question mark.</param>
    public static string Query(string query)
    {
        if (query.Length == 0) return "";
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
            return (Name: Encode(Decode(name), keepSlash: false), Value: Encode(Decode(value), keepSlash: false));
        });
        return string.Join(
            '&',
            pairs.OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
                .Select(p => $"{p.Name}={p.Value}"));
    }

    private static string Normalize(string path)
    {
        var kept = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == "..") { if (kept.Count > 0) kept.RemoveAt(kept.Count - 1); }
            else if (segment is not ("" or ".")) kept.Add(segment);
        }

        var end = kept.Count > 0 && path.EndsWith('/') ? "/" : "";
        return $"/{string.Join('/', kept)}{end}";
    }

    private static string Encode(ReadOnlySpan<byte> text, bool keepSlash)
    {
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var unit in text)
        {
            var isPlain = char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';
            if (isPlain || (keepSlash && unit == '/')) encoded.Append((char)unit);
            else encoded.Append('%').Append(unit.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }

    /// <summary>Percent-encoded bytes as bytes; a stray percent sign stands for itself.</summary>
    private static byte[] Decode(string text)
    {
        var source = Encoding.UTF8.GetBytes(text);
        var target = 0;
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '%' && i + 2 < source.Length && char.IsAsciiHexDigit((char)source[i + 1]) && char.IsAsciiHexDigit((char)source[i + 2]))
            {
                source[target++] = Convert.FromHexString([(char)source[i + 1], (char)source[i + 2]])[0];
                i += 2;
            }
            else
            {
                source[target++] = source[i];
            }
        }

        return source[..target];
    }
}
