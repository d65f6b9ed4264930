using System.Text;
using Kindred.Api.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kindred.Api.Buckets;

/// <summary>
/// Bucket and key as they came over the wire. The server's own idea of the path has dot segments removed and escapes
/// undone, so a key that tries to climb would look like another, innocent one; here it is seen and refused.
/// </summary>
/// <param name="Key">Empty for the bucket itself.</param>
internal readonly record struct BucketPath(string Bucket, string Key)
{
    private const string Prefix = "/buckets/";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ApiException">The path is not one plain name below its bucket.</exception>
    public static BucketPath Of(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.IndexOf('?', StringComparison.Ordinal) is var question and >= 0 ? target[..question] : target;
        if (!path.StartsWith(Prefix, StringComparison.Ordinal)) throw Invalid("the path must begin with /buckets/");

        var rest = path[Prefix.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (bucket, key) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
        return new BucketPath(Decode(bucket), string.Join('/', key.Split('/').Select(Decode)));
    }

    private static string Decode(string segment)
    {
        var bytes = new byte[StrictUtf8.GetMaxByteCount(segment.Length)];
        var length = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] != '%')
            {
                length += StrictUtf8.GetBytes(segment.AsSpan(i, 1), bytes.AsSpan(length));
                continue;
            }

            if (i + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[i + 1]) || !char.IsAsciiHexDigit(segment[i + 2]))
            {
                throw Invalid("a '%' must be followed by two hexadecimal digits");
            }

            bytes[length++] = Convert.ToByte(segment.Substring(i + 1, 2), 16);
            i += 2;
        }

        var text = Text(bytes.AsSpan(0, length));
        if (text is "." or "..") throw Invalid("'.' and '..' are not names");
        if (text.AsSpan().IndexOfAny('/', '\\', '\0') >= 0) throw Invalid("a name holds a slash, a backslash or a NUL");
        return text;
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Invalid("it is not valid UTF-8");
        }
    }

    private static ApiException Invalid(string why) => new(ApiError.InvalidInput, $"The path of the object is not valid: {why}.");
}
