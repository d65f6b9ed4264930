using System.Security.Cryptography;
using Kindred.Api.Protocol;
using Kindred.Api.Proxies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kindred.Api.Authentication;

/// <summary>
/// Checks the header form of AWS Signature Version 4 against the request as it came over the wire.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal static class SignatureVerifier
{
    public const string ContentHashHeader = "x-amz-content-sha256";

    // The SDKs' own note about themselves, which some sign and some do not, and what CloudFront adds on the way: nothing is decided by them.
    private static readonly string[] NotSigned = ["x-amz-user-agent", "x-amz-cf-id"];

    /// <summary>Whether <paramref name="claim"/>'s signature is that of <paramref name="key"/> over this request.</summary>
    /// <param name="signedAt">As <see cref="SignatureTime.Check"/> returned it.</param>
    /// <param name="bodyHash">What the canonical request ends in: 64 hexadecimal digits or <c>UNSIGNED-PAYLOAD</c>.</param>
    /// <param name="addresses">What the client may have signed besides, where a proxy has changed host or path.</param>
    /// <exception cref="ApiException"><see cref="ApiError.InvalidSignature"/>.</exception>
    public static void Verify(
        HttpRequest request, SignatureClaim claim, string signedAt, string bodyHash, AccessKey key, ClientAddresses addresses)
    {
        var signingKey = key.SigningKeys.For(claim);
        if (!IsSigned(request, claim, signedAt, bodyHash, signingKey, SignedAddress.AsReceived)
            && !IsSignedElsewhere(request, claim, signedAt, bodyHash, signingKey, addresses))
        {
            throw new ApiException(ApiError.InvalidSignature,
                "The request signature we calculated does not match the signature you provided. Check your secret access key and signing method.");
        }

        key.SigningKeys.Keep(claim, signingKey);
    }

    private static bool IsSignedElsewhere(
        HttpRequest request, SignatureClaim claim, string signedAt, string bodyHash, byte[] signingKey, ClientAddresses addresses) =>
        addresses.OtherThanReceived(request).Any(address => IsSigned(request, claim, signedAt, bodyHash, signingKey, address));

    private static bool IsSigned(
        HttpRequest request, SignatureClaim claim, string signedAt, string bodyHash, byte[] signingKey, SignedAddress address)
    {
        Span<byte> requestHash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(CanonicalRequest(request, claim, bodyHash, address).Written, requestHash);

        var text = CanonicalText.Rent()
            .Add(SignatureClaim.Algorithm).Add('\n')
            .Add(signedAt).Add('\n')
            .Add(claim.Date).Add('/').Add(claim.Region).Add('/').Add(claim.Service).Add("/aws4_request\n")
            .AddHex(requestHash);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(signingKey, text.Written, expected);
        return CryptographicOperations.FixedTimeEquals(expected, claim.Signature);
    }

    /// <summary>Which headers must be under the signature: <c>host</c>, and every <c>x-amz-*</c> header that is present.</summary>
    public static void CheckSignedHeaders(HttpRequest request, SignatureClaim claim)
    {
        if (!claim.SignedHeaders.Contains("host")) throw Unsigned("host");
        foreach (var (name, _) in request.Headers)
        {
            if (!name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)) continue;
            if (Has(NotSigned, name)) continue;
            if (!Has(claim.SignedHeaders, name)) throw Unsigned(name);
        }
    }

    private static bool Has(string[] names, string name)
    {
        foreach (var known in names)
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static ApiException Unsigned(string header) =>
        new(ApiError.InvalidSignature, $"The '{header}' header must be a signed header.");

    private static CanonicalText CanonicalRequest(HttpRequest request, SignatureClaim claim, string bodyHash, SignedAddress address)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
        path = address.Prefix + path;

        var text = CanonicalText.Rent()
            .Add(request.Method).Add('\n')
            .Add(CanonicalUri.Path(path, verbatim: claim.Service == SignatureServices.S3)).Add('\n')
            .Add(CanonicalUri.Query(query)).Add('\n');
        foreach (var name in claim.SignedHeaders)
        {
            if (name == "host" && address.Host is { } host) text.Add("host:").Add(host).Add('\n');
            else AddHeader(text, request, name);
        }
        text.Add('\n');
        for (var i = 0; i < claim.SignedHeaders.Length; i++)
        {
            if (i > 0) text.Add(';');
            text.Add(claim.SignedHeaders[i]);
        }

        return text.Add('\n').Add(bodyHash);
    }

    private static void AddHeader(CanonicalText text, HttpRequest request, string name)
    {
        if (!request.Headers.TryGetValue(name, out var values))
        {
            throw new ApiException(ApiError.InvalidSignature, $"The signed header '{name}' is not in the request.");
        }

        text.Add(name).Add(':');
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0) text.Add(',');
            AddTrimmed(text, values[i]);
        }

        text.Add('\n');
    }

    /// <summary>Without white space at both ends, and with one space for every run of it between.</summary>
    private static void AddTrimmed(CanonicalText text, ReadOnlySpan<char> value)
    {
        value = value.Trim();
        while (value.IndexOfAny(' ', '\t') is var gap and >= 0)
        {
            text.Add(value[..gap]).Add(' ');
            value = value[gap..].TrimStart();
        }

        text.Add(value);
    }
}
