using System.Threading.RateLimiting;

namespace Kindred.Storage.Quotas;

/// <summary>
/// A bucket of tokens for each of whatever is to be counted, in this process. What was not counted for ten seconds and is full is let go, so memory is
/// that of what is in use. Refilled ten times a second; safe for any number of callers, who never wait.
/// </summary>
/// <param name="sizeOf">How large a key's bucket is, asked when it is made.</param>
/// <param name="period">How long <see cref="BucketSize.Tokens"/> take to come; null for a second.</param>
public sealed class TokenBuckets<TKey>(Func<TKey, BucketSize> sizeOf, TimeSpan? period = null) : IDisposable
    where TKey : notnull
{
    private readonly PartitionedRateLimiter<TKey> _buckets = Limiter(sizeOf, period ?? TimeSpan.FromSeconds(1));

    /// <param name="wait">How long it takes until there is a token, where there is none.</param>
    /// <returns>False when it is one too many.</returns>
    public bool TryTake(TKey key, out TimeSpan wait)
    {
        using var lease = _buckets.AttemptAcquire(key);
        wait = lease.IsAcquired ? TimeSpan.Zero : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        return lease.IsAcquired;
    }

    /// <inheritdoc cref="TryTake(TKey, out TimeSpan)"/>
    public bool TryTake(TKey key) => TryTake(key, out _);

    /// <summary>Whether the next would be one too many; takes nothing.</summary>
    public bool IsEmpty(TKey key) => _buckets.GetStatistics(key)?.CurrentAvailablePermits == 0;

    public void Dispose() => _buckets.Dispose();

    private static PartitionedRateLimiter<TKey> Limiter(Func<TKey, BucketSize> sizeOf, TimeSpan period)
    {
        // Made once: the one that says how to make a bucket is asked for with every request.
        Func<TKey, RateLimiter> make = key =>
        {
            var (tokens, most) = sizeOf(key);
            return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
            {
                TokenLimit = most, TokensPerPeriod = tokens, ReplenishmentPeriod = period, QueueLimit = 0,
                AutoReplenishment = false, // by the one timer of all
            });
        };
        return PartitionedRateLimiter.Create<TKey, TKey>(key => RateLimitPartition.Get(key, make));
    }
}
