using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Kindred.Client;

/// <summary>Signs every request as the AWS SDKs do: Signature Version 4 in the Authorization header, service <c>personalize</c>.</summary>
/// <remarks>The body is hashed before it is sent: buffered, unless the content already carries <c>x-amz-content-sha256</c>.</remarks>
public sealed class SigV4Handler(
    string accessKeyId, string secretAccessKey, string region, TimeProvider clock, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Service = "personalize";
    private const string BodyHash = "X-Amz-Content-Sha256";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await SignAsync(request, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var timestamp = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{timestamp[..8]}/{region}/{Service}/aws4_request";
        request.Headers.Host = request.RequestUri!.Authority;
        request.Headers.Remove("X-Amz-Date");
        request.Headers.Add("X-Amz-Date", timestamp);
        if (!request.Headers.Contains(BodyHash))
            request.Headers.Add(BodyHash, await HashBodyAsync(request.Content, cancellationToken));

        var signed = request.Headers.Where(h => h.Key is not "Authorization")
            .Select(h => (Name: h.Key.ToLowerInvariant(), Value: string.Join(",", h.Value).Trim()))
            .OrderBy(h => h.Name, StringComparer.Ordinal).ToArray();
        var names = string.Join(';', signed.Select(h => h.Name));
        var canonical = string.Join('\n',
            request.Method.Method,
            CanonicalPath(request.RequestUri.AbsolutePath),
            CanonicalQuery(request.RequestUri.Query),
            string.Concat(signed.Select(h => $"{h.Name}:{h.Value}\n")),
            names,
            request.Headers.GetValues(BodyHash).Single());
        var toSign = string.Join('\n', Algorithm, timestamp, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var signature = Hex(Hmac(SigningKey(timestamp[..8]), toSign));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            Algorithm, $"Credential={accessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private static async Task<string> HashBodyAsync(HttpContent? content, CancellationToken cancellationToken) =>
        Hex(SHA256.HashData(content is null ? [] : await content.ReadAsByteArrayAsync(cancellationToken)));

    private byte[] SigningKey(string date)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        foreach (var part in (string[])[date, region, Service, "aws4_request"]) key = Hmac(key, part);
        return key;
    }

    // Every service but S3 encodes the path once more; the path on the wire is already encoded.
    private static string CanonicalPath(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string CanonicalQuery(string query) =>
        string.Join('&', query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Contains('=', StringComparison.Ordinal) ? p : p + "=").Order(StringComparer.Ordinal));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
