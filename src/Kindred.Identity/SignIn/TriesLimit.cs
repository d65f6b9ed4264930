using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Kindred.Identity.SignIn;

/// <summary>
/// How many forms of the account one address may send. Lock-out guards each account; this guards against one password tried on many, and
/// against hashing for nobody.
/// </summary>
internal sealed class TriesLimit : IDisposable
{
    public const int AtOnce = 60;
    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(2);

    private readonly PartitionedRateLimiter<IPAddress> _tries = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = AtOnce, TokensPerPeriod = 1, ReplenishmentPeriod = Refill, QueueLimit = 0,
        }));

    public bool Take(IPAddress? address)
    {
        using var lease = _tries.AttemptAcquire(NetworkOf(address ?? IPAddress.None));
        return lease.IsAcquired;
    }

    public void Dispose() => _tries.Dispose();

    // Whoever has one IPv6 address has the whole /64.
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
