using System.Diagnostics.Metrics;

namespace Kindred.Contracts.Telemetry;

/// <summary>How often what a request needs was at hand. Shared by the rooms that hold something.</summary>
public static class CacheMetrics
{
    private static readonly Counter<long> Lookups = KindredTelemetry.Meter.CreateCounter<long>(
        "kindred.cache.lookups", "{lookup}", "Lookups of what requests need, by how they were answered.");

    /// <param name="cache">What is held, such as <c>campaigns</c>.</param>
    public static void Hit(string cache) => Count(cache, "hit");

    /// <summary>Answered with what was held, while the owner is asked for something newer.</summary>
    public static void Stale(string cache) => Count(cache, "stale");

    /// <summary>The lookup had to wait for the owner.</summary>
    public static void Miss(string cache) => Count(cache, "miss");

    private static void Count(string cache, string result) => Lookups.Add(1, new("kindred.cache.name", cache), new("kindred.cache.result", result));
}
