using System.Globalization;
using Kindred.Api.Protocol;
using Microsoft.AspNetCore.Http;

namespace Kindred.Api.Authentication;

/// <summary>When a request says it was signed.</summary>
internal static class SignatureTime
{
    public const string HeaderName = "x-amz-date";
    private const string Format = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>How far the signer's clock may be from ours.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    /// <summary>The signed time as <c>YYYYMMDDTHHMMSSZ</c>, from <c>x-amz-date</c> or, without it, from <c>Date</c>.</summary>
    /// <exception cref="ApiException">There is none, it is malformed, too far away, or of another day than the credential.</exception>
    public static string Check(HttpRequest request, SignatureClaim claim, DateTimeOffset now)
    {
        var (name, values) = request.Headers.TryGetValue(HeaderName, out var amz) ? (HeaderName, amz) : ("date", request.Headers.Date);
        if (values.Count == 0)
        {
            throw new ApiException(ApiError.IncompleteSignature, "The request has no 'X-Amz-Date' or 'Date' header.");
        }

        if (values.Count > 1 || !TryParse(name, values[0]!.Trim(), out var signed))
        {
            throw new ApiException(ApiError.IncompleteSignature, name == HeaderName
                ? "The 'X-Amz-Date' header must hold one time of the form YYYYMMDDTHHMMSSZ."
                : "The 'Date' header must hold one time, as RFC 1123 or YYYYMMDDTHHMMSSZ.");
        }

        if (!claim.SignedHeaders.Contains(name))
        {
            throw new ApiException(ApiError.InvalidSignature, $"The '{name}' header must be a signed header.");
        }

        var text = signed.ToString(Format, CultureInfo.InvariantCulture);
        if (now - signed > MaxSkew) throw Skewed("Signature expired", text, "earlier", now - MaxSkew, now, "-");
        if (signed - now > MaxSkew) throw Skewed("Signature not yet current", text, "later", now + MaxSkew, now, "+");
        if (!text.StartsWith(claim.Date, StringComparison.Ordinal))
        {
            throw new ApiException(
                ApiError.InvalidSignature, $"The date of the Credential, '{claim.Date}', is not that of the request, '{text[..8]}'.");
        }

        return text;
    }

    private static bool TryParse(string name, string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
        || (name == "date" && DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time));

    private static ApiException Skewed(string what, string signed, string direction, DateTimeOffset limit, DateTimeOffset now, string sign) =>
        new(ApiError.InvalidSignature, string.Create(CultureInfo.InvariantCulture,
            $"{what}: {signed} is now {direction} than {limit.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)} "
            + $"({now.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)} {sign} 15 min.)"));
}
