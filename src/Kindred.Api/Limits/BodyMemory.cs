using System.Collections.Concurrent;
using Kindred.Api.Protocol;

namespace Kindred.Api.Limits;

/// <summary>The memory that request bodies may take up, together and for each tenant: whoever sends slowly holds what is theirs alone.</summary>
internal sealed class BodyMemory(DoorLimits limits)
{
    private readonly ConcurrentDictionary<string, Held> _tenants = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Takes memory for a body of the tenant.</summary>
    /// <exception cref="ApiException">There is none left: of the tenant's share, or of all.</exception>
    public void Take(string account, int bytes)
    {
        var held = _tenants.GetOrAdd(account, static _ => new Held());
        if (Interlocked.Add(ref held.Bytes, bytes) > limits.BodyMemoryBytesPerTenant)
        {
            Interlocked.Add(ref held.Bytes, -bytes);
            throw new ApiException(ApiError.Throttling,
                $"Requests of account {account} hold {limits.BodyMemoryBytesPerTenant} bytes of memory, as many as they may; send fewer at a time.");
        }
        if (Interlocked.Add(ref _bytes, bytes) <= limits.BodyMemoryBytes) return;
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Add(ref held.Bytes, -bytes);
        throw new ApiException(ApiError.ServiceUnavailable, "The service holds as many requests as it can; try again in a moment.");
    }

    /// <summary>Counts memory that is held anyway; below 0 it was given back.</summary>
    public void Add(string account, int bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        Interlocked.Add(ref _tenants[account].Bytes, bytes);
    }

    private sealed class Held
    {
        public long Bytes;
    }
}
