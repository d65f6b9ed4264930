using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Kindred.Contracts.Telemetry;

/// <summary>
/// How often what a request needs was at hand, for one cache. Counted here and read by the instrument: every request looks into several
/// caches, and an instrument that hears each lookup would cost more than the lookup.
/// </summary>
public sealed class CacheMetrics
{
    private static readonly ConcurrentDictionary<string, CacheMetrics> Caches = new(StringComparer.Ordinal);

    private static readonly ObservableCounter<long> Lookups = KindredTelemetry.Meter.CreateObservableCounter(
        "kindred.cache.lookups", () => Caches.Values.SelectMany(cache => cache.Read()), "{lookup}", "Lookups of what requests need, by how they were answered.");

    private readonly string _name;
    private long _hits;
    private long _stale;
    private long _misses;

    private CacheMetrics(string name) => _name = name;

    /// <param name="name">What is held, such as <c>campaigns</c>. Caches of one name count together.</param>
    public static CacheMetrics Of(string name) => Caches.GetOrAdd(name, static name => new CacheMetrics(name));

    public void Hit() => Interlocked.Increment(ref _hits);

    /// <summary>Answered with what was held, while the owner is asked for something newer.</summary>
    public void Stale() => Interlocked.Increment(ref _stale);

    /// <summary>The lookup had to wait for the owner.</summary>
    public void Miss() => Interlocked.Increment(ref _misses);

    private IEnumerable<Measurement<long>> Read() => [Read(ref _hits, "hit"), Read(ref _stale, "stale"), Read(ref _misses, "miss")];

    private Measurement<long> Read(ref long count, string result) =>
        new(Volatile.Read(ref count), new("kindred.cache.name", _name), new("kindred.cache.result", result));
}
