using System.Security.Cryptography;
using Kindred.Api.Browsers;
using Kindred.Api.Limits;
using Kindred.Api.Protocol;
using Kindred.Api.Proxies;
using Kindred.Contracts.Access;
using Kindred.Contracts.Tenants;
using Microsoft.AspNetCore.Http;

namespace Kindred.Api.Authentication;

/// <summary>
/// Establishes whose key a request carries: a SigV4 signature or a bearer's token in <c>Authorization</c>, or <c>x-api-key: id:secret</c>.
/// Messages say what was wrong with the request, never what a right one would have held.
/// </summary>
internal sealed class RequestAuthenticator(
    AccessKeyCache keys, ClientAddresses addresses, FailedAuthentications failures, BodyMemory memory, ITenantStandings standings, TimeProvider clock,
    IBearerTokens? tokens = null)
{
    public const string ApiKeyHeader = "x-api-key";
    private const string BearerPrefix = "Bearer ";
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <summary>Whether the body must be read before the signature can be checked: it is signed, and no header states its hash.</summary>
    public static bool SignsBodyItself(HttpRequest request) =>
        request.Headers.Authorization.Count > 0 && !IsBearer(request) && !request.Headers.ContainsKey(SignatureVerifier.ContentHashHeader);

    /// <summary>
    /// Reads a request whole. Not a byte of its body is read before its key is known: a stranger's costs no memory, and what a key's
    /// owner sends counts as the tenant's.
    /// </summary>
    /// <param name="forBucket">Also accept signatures for S3, which tools that send files make.</param>
    /// <exception cref="ApiException">The request is not authentic, or too large.</exception>
    public async ValueTask<AuthenticRequest> ReadAsync(HttpContext http, bool forBucket = false)
    {
        if (IsBearer(http.Request))
        {
            var bearer = await FindBearerAsync(http.Request);
            return new AuthenticRequest(bearer, await RequestBody.ReadAsync(http, memory, bearer.Account));
        }

        var (key, claim) = await FindKeyAsync(http.Request, forBucket);
        var body = await RequestBody.ReadAsync(http, memory, key.State.Account);
        try
        {
            return new AuthenticRequest(await ActiveAsync(Verify(http.Request, key, claim, body.Bytes)), body);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>For a request whose whole body is in memory: the signature covers it.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async ValueTask<Principal> AuthenticateAsync(HttpRequest request, ReadOnlyMemory<byte> body, bool forBucket = false)
    {
        var (key, claim) = await FindKeyAsync(request, forBucket);
        return await ActiveAsync(Verify(request, key, claim, body));
    }

    /// <summary>A suspended tenant's keys open nothing; that they are suspended, only whoever proved to have one hears.</summary>
    private async ValueTask<Principal> ActiveAsync(Principal principal)
    {
        await standings.RequireActiveAsync(principal.Account);
        return principal;
    }

    /// <returns>The key that the request names, which must still prove itself if it claims a signature.</returns>
    private async ValueTask<(AccessKey Key, SignatureClaim? Claim)> FindKeyAsync(HttpRequest request, bool forBucket)
    {
        ReadOnlySpan<string> services = forBucket ? [SignatureServices.Personalize, SignatureServices.S3] : [SignatureServices.Personalize];
        if (!TryReadClaim(request, services, out var claim)) return (await ByApiKeyAsync(request), null);
        SignatureTime.Check(request, claim, clock.GetUtcNow());
        return (await FindAsync(request, claim.KeyId), claim);
    }

    private Principal Verify(HttpRequest request, AccessKey key, SignatureClaim? claim, ReadOnlyMemory<byte> body)
    {
        if (claim is null) return key.Principal;
        var signedAt = SignatureTime.Check(request, claim, clock.GetUtcNow());
        var hash = HashOf(body.Span);
        var stated = StatedHash(request);
        if (stated is not null && !stated.Equals(hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiException(ApiError.InvalidSignature, stated == UnsignedPayload
                ? $"The body must be signed: '{UnsignedPayload}' is accepted only for uploads to a bucket."
                : $"The '{SignatureVerifier.ContentHashHeader}' header is not the SHA-256 of the body.");
        }

        // The canonical request ends in the header's own text where the client sent one.
        SignatureVerifier.Verify(request, claim, signedAt, stated ?? hash, key, addresses);
        return Usable(request, key).Principal;
    }

    /// <summary>For an upload, which is too large to hash first: the body's hash is signed by the header, or not at all.</summary>
    /// <returns>Who uploads, and the SHA-256 (64 hexadecimal digits) that the body must have; null when it was not signed.</returns>
    public async ValueTask<(Principal Principal, string? BodyHash)> AuthenticateUploadAsync(HttpRequest request)
    {
        if (IsBearer(request)) return (await FindBearerAsync(request), StatedHash(request) is { } sent and not UnsignedPayload ? RequireHash(sent) : null);
        if (!TryReadClaim(request, [SignatureServices.Personalize, SignatureServices.S3], out var claim))
        {
            var sender = await ByApiKeyAsync(request);
            return (await ActiveAsync(sender.Principal), StatedHash(request) is { } given and not UnsignedPayload ? RequireHash(given) : null);
        }

        var signedAt = SignatureTime.Check(request, claim, clock.GetUtcNow());
        var stated = StatedHash(request) ?? throw new ApiException(ApiError.InvalidSignature,
            $"An upload of more than {RequestBody.MaxBytes} bytes needs the '{SignatureVerifier.ContentHashHeader}' header: "
            + $"the SHA-256 of the body, or '{UnsignedPayload}'.");
        var hash = stated == UnsignedPayload ? null : RequireHash(stated);
        var key = await FindAsync(request, claim.KeyId);
        SignatureVerifier.Verify(request, claim, signedAt, stated, key, addresses);
        return (await ActiveAsync(Usable(request, key).Principal), hash);
    }

    private static bool IsBearer(HttpRequest request) =>
        request.Headers.Authorization is [{ } only] && only.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase);

    private async ValueTask<Principal> FindBearerAsync(HttpRequest request)
    {
        var token = request.Headers.Authorization[0]![BearerPrefix.Length..].Trim();
        var bearer = tokens is null ? null : await tokens.FindPrincipalAsync(token, request.HttpContext.RequestAborted);
        if (bearer is null) throw new ApiException(ApiError.UnrecognizedClient, "The token is none of this deployment, has ended or was revoked.");
        return await ActiveAsync(bearer);
    }

    private static bool TryReadClaim(HttpRequest request, ReadOnlySpan<string> services, out SignatureClaim claim)
    {
        claim = null!;
        var authorization = request.Headers.Authorization;
        if (authorization.Count == 0) return false;
        if (authorization.Count > 1) throw new ApiException(ApiError.IncompleteSignature,
            "The request has more than one Authorization header.");
        if (request.Headers.ContainsKey("x-amz-security-token"))
        {
            throw new ApiException(ApiError.UnrecognizedClient,
                "The request carries 'X-Amz-Security-Token', but this deployment issues no temporary credentials. "
                + "Use an access key without a session token.");
        }

        claim = SignatureClaim.Parse(authorization[0]!);
        if (!services.Contains(claim.Service))
        {
            throw new ApiException(ApiError.InvalidSignature,
                $"Credential should be scoped to the service '{SignatureServices.Personalize}', not '{claim.Service}'.");
        }

        SignatureVerifier.CheckSignedHeaders(request, claim);
        return true;
    }

    private async ValueTask<AccessKey> ByApiKeyAsync(HttpRequest request)
    {
        var values = request.Headers[ApiKeyHeader];
        if (values.Count == 0)
        {
            throw new ApiException(ApiError.MissingAuthenticationToken, request.Query.ContainsKey("X-Amz-Signature")
                ? "Signatures in the query string are not accepted: sign with the Authorization header."
                : $"The request carries no credentials. Sign it with AWS Signature Version 4, or send '{ApiKeyHeader}: key-id:secret', or a token.");
        }

        var text = values.Count == 1 ? values[0]!.Trim() : "";
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) throw new ApiException(ApiError.IncompleteSignature,
            $"The '{ApiKeyHeader}' header must be of the form key-id:secret.");
        var key = await LookUpAsync(request, text[..colon]);
        // Unlike a signature, a secret can be guessed at: an unknown id and a wrong secret look the same.
        if (key is null || !key.HasSecret(text.AsSpan(colon + 1))) throw Unrecognized();
        return Usable(request, key);
    }

    private async ValueTask<AccessKey> FindAsync(HttpRequest request, string id) => await LookUpAsync(request, id) ?? throw Unrecognized();

    private async ValueTask<AccessKey?> LookUpAsync(HttpRequest request, string id)
    {
        if (failures.AreTooMany(request.HttpContext, out var wait) && !await keys.MayExistAsync(id))
            throw FailedAuthentications.Refusal(request.HttpContext, wait);
        return await keys.FindAsync(id);
    }

    // Told only to whoever has proved to hold the secret.
    private AccessKey Usable(HttpRequest request, AccessKey key)
    {
        var now = clock.GetUtcNow();
        if (key.State.IsUsable(now))
        {
            CrossOrigin.Admit(request, key.Id, key.State);
            key.LastUse.Is(now);
            return key;
        }
        if (key.State.Revoked) throw Unrecognized();
        throw key.State.DisabledAt is { } disabledAt
            ? new ApiException(ApiError.AccessDenied, $"The access key '{key.Id}' is disabled since {disabledAt:O}.")
            : new ApiException(ApiError.ExpiredToken, $"The access key '{key.Id}' expired at {key.State.ExpiresAt:O}.");
    }

    private static ApiException Unrecognized() =>
        new(ApiError.UnrecognizedClient, "The security token included in the request is invalid.");

    private static string? StatedHash(HttpRequest request)
    {
        var values = request.Headers[SignatureVerifier.ContentHashHeader];
        return values.Count switch
        {
            0 => null,
            1 => values[0]!.Trim(),
            _ => throw new ApiException(ApiError.IncompleteSignature,
                $"The request has more than one '{SignatureVerifier.ContentHashHeader}' header."),
        };
    }

    private static string RequireHash(string stated) => stated.Length == 64 && stated.All(char.IsAsciiHexDigit)
        ? stated
        : throw new ApiException(ApiError.InvalidSignature,
            $"The '{SignatureVerifier.ContentHashHeader}' header must be the body's SHA-256 (64 hexadecimal digits) or '{UnsignedPayload}'.");

    private static string HashOf(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return Convert.ToHexStringLower(hash);
    }
}
