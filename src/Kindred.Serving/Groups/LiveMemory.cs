using System.Collections.Concurrent;
using Kindred.Contracts.Refusals;

namespace Kindred.Serving.Groups;

/// <summary>The memory of streamed records that are in no snapshot yet, by tenant, as estimated from their lengths.</summary>
internal sealed class LiveMemory(ServingOptions options)
{
    private readonly ConcurrentDictionary<string, long> _tenants = new(StringComparer.Ordinal);
    private long _bytes;

    /// <param name="bytes">Below 0 for what was let go.</param>
    public void Add(string account, long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        _tenants.AddOrUpdate(account, static (_, bytes) => bytes, static (_, held, bytes) => held + bytes, bytes);
    }

    /// <exception cref="RefusedException">
    /// LimitExceeded: the tenant's records hold as much as they may. ServiceUnavailable: those of all do.
    /// </exception>
    public void ThrowIfFull(string account)
    {
        if (_tenants.GetValueOrDefault(account) >= options.MaxLiveBytesPerTenant)
            throw new RefusedException(RefusalCode.LimitExceeded,
                $"The records that account {account} has streamed hold {options.MaxLiveBytesPerTenant} bytes of memory until they are "
                + "compacted, which has begun; send the request again in a minute.");
        if (Volatile.Read(ref _bytes) >= options.MaxLiveBytes)
            throw new RefusedException(RefusalCode.ServiceUnavailable,
                "The service holds as many streamed records as it can until they are compacted; send the request again in a minute.");
    }
}
