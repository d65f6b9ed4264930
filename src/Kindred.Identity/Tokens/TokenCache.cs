using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace Kindred.Identity.Tokens;

/// <summary>
/// Tokens that were looked up a moment ago: their signature need not be checked, nor their row read, at each of a program's calls. Whatever
/// revokes a token in this process empties it; other processes notice within five seconds.
/// </summary>
internal sealed class TokenCache(TimeProvider clock)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);
    private const int MostEntries = 10_000;

    private readonly ConcurrentDictionary<string, (ClaimsPrincipal Claims, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);
    private int _forgotten;

    public bool TryGet(string token, [NotNullWhen(true)] out ClaimsPrincipal? claims)
    {
        var isKnown = _known.TryGetValue(Name(token), out var entry) && clock.GetUtcNow() < entry.Until;
        claims = isKnown ? entry.Claims : null;
        return isKnown;
    }

    /// <returns>What <see cref="Keep"/> is given: an answer from before a revocation is not kept.</returns>
    public int Begin() => Volatile.Read(ref _forgotten);

    public void Keep(string token, ClaimsPrincipal claims, int begun)
    {
        if (_known.Count >= MostEntries) _known.Clear();
        _known[Name(token)] = (claims, clock.GetUtcNow() + KeptFor);
        if (begun != Volatile.Read(ref _forgotten)) _known.Clear();
    }

    public void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        _known.Clear();
    }

    // A memory dump should not hold tokens that can be used.
    private static string Name(string token) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
