using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kindred.Api.Tests;

/// <summary>Signs plain requests, every step exposed so that a test can get one wrong. The recorded vectors are what proves the verifier.</summary>
internal sealed record TestSigner
{
    public string KeyId { get; init; } = ApiServer.KeyId;
    public string Secret { get; init; } = ApiServer.Secret;
    public string Service { get; init; } = "personalize";
    public string Region { get; init; } = "us-east-1";
    public DateTimeOffset At { get; init; } = ApiServer.SignedAt;
    public string? ScopeDate { get; init; }
    public string Method { get; init; } = "POST";
    public string Path { get; init; } = "/recommendations";
    public byte[] Body { get; init; } = "{}"u8.ToArray();
    /// <summary>What the canonical request ends in, when it is not the body's hash.</summary>
    public string? BodyHash { get; init; }
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
    /// <summary>Sent, but not under the signature.</summary>
    public IReadOnlyList<(string Name, string Value)> Unsigned { get; init; } = [];

    public string Timestamp => At.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public Task<RawAnswer> SendAsync(ApiServer server, Func<string, string>? alterAuthorization = null)
    {
        List<(string Name, string Value)> signed = [("host", "localhost"), ("x-amz-date", Timestamp), .. Headers];
        var authorization = Authorization(signed);
        return RawHttp.SendAsync(
            server,
            Method,
            Path,
            [.. signed, .. Unsigned, ("authorization", alterAuthorization?.Invoke(authorization) ?? authorization)],
            Body);
    }

    public string Authorization(IEnumerable<(string Name, string Value)> signed)
    {
        var ordered = signed.OrderBy(h => h.Name, StringComparer.Ordinal).ToList();
        var names = string.Join(';', ordered.Select(h => h.Name));
        var hash = BodyHash ?? Convert.ToHexStringLower(SHA256.HashData(Body));
        var canonical = $"{Method}\n{Path}\n\n{string.Concat(ordered.Select(h => $"{h.Name}:{h.Value}\n"))}\n{names}\n{hash}";
        var date = ScopeDate ?? Timestamp[..8];
        var scope = $"{date}/{Region}/{Service}/aws4_request";
        var text = $"AWS4-HMAC-SHA256\n{Timestamp}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { date, Region, Service, "aws4_request", text }.Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + Secret), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return $"AWS4-HMAC-SHA256 Credential={KeyId}/{scope}, SignedHeaders={names}, Signature={Convert.ToHexStringLower(key)}";
    }
}
