using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Kindred.Api.Authentication;

/// <summary>The keys that SigV4 derives from one secret, one a day and region. Deriving costs four HMACs, so used ones are kept.</summary>
internal sealed class SigningKeys(string secret)
{
    // A client uses one region and, around midnight, two days.
    private const int MaxKept = 16;

    private readonly byte[] _root = Encoding.UTF8.GetBytes("AWS4" + secret);
    private readonly ConcurrentDictionary<(string Date, string Region, string Service), byte[]> _kept = new();

    public byte[] For(SignatureClaim claim) =>
        _kept.TryGetValue((claim.Date, claim.Region, claim.Service), out var kept) ? kept : Derive(claim);

    /// <summary>Keeps a key whose signature turned out right: a stranger who only knows the id cannot fill the memory.</summary>
    public void Keep(SignatureClaim claim, byte[] key)
    {
        if (_kept.Count >= MaxKept) _kept.Clear();
        _kept.TryAdd((claim.Date, claim.Region, claim.Service), key);
    }

    private byte[] Derive(SignatureClaim claim)
    {
        var day = HMACSHA256.HashData(_root, Encoding.UTF8.GetBytes(claim.Date));
        var region = HMACSHA256.HashData(day, Encoding.UTF8.GetBytes(claim.Region));
        var service = HMACSHA256.HashData(region, Encoding.UTF8.GetBytes(claim.Service));
        return HMACSHA256.HashData(service, "aws4_request"u8);
    }
}
