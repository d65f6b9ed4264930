using System.Collections.Concurrent;
using System.Globalization;
using Kindred.Contracts.Refusals;

namespace Kindred.Operations.Operating;

/// <summary>
/// How many recommendations one campaign or recommender gives in a second, and how many requests with records one dataset group takes: so
/// that a single one does not use up what its tenant's others need. Counted in this process; twice as many at once after a quiet time.
/// </summary>
/// <param name="recommendations">In a second, of one endpoint; 0 for as many as the machine can.</param>
/// <param name="puts">Requests in a second, of one tracker or dataset; likewise.</param>
public sealed class DataRates(int recommendations, int puts, TimeProvider clock)
{
    public const int DefaultRecommendations = 5_000;
    public const int DefaultPuts = 10_000;

    /// <summary>Whoever makes names up does not fill the memory.</summary>
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<string, RequestBucket> _endpoints = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Account, string Target), RequestBucket> _targets = new();

    /// <exception cref="RefusedException">Throttled: it is one request too many.</exception>
    public void TakeRecommendation(string? endpointArn)
    {
        if (recommendations > 0 && endpointArn is not null && !Take(_endpoints, endpointArn, recommendations))
            throw TooMany($"'{endpointArn}' gives {recommendations} recommendations a second");
    }

    /// <param name="target">Whatever the records are for: a dataset's ARN, or a tracking id.</param>
    /// <exception cref="RefusedException">Throttled: it is one request too many.</exception>
    public void TakePut(string account, string target)
    {
        if (puts > 0 && !Take(_targets, (account, target), puts)) throw TooMany($"'{target}' takes {puts} requests a second");
    }

    private bool Take<TKey>(ConcurrentDictionary<TKey, RequestBucket> buckets, TKey key, int perSecond) where TKey : notnull
    {
        if (!buckets.TryGetValue(key, out var bucket))
        {
            if (buckets.Count >= MostKept) buckets.Clear();
            bucket = buckets.GetOrAdd(key, static (_, made) => new RequestBucket(made.perSecond, made.clock), (perSecond, clock));
        }
        return bucket.TryTake();
    }

    private static RefusedException TooMany(FormattableString sentence) =>
        new(RefusalCode.Throttled, sentence.ToString(CultureInfo.InvariantCulture) + "; send them more slowly.");
}
