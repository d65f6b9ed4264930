using System.Collections.Concurrent;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Events;

namespace Kindred.Serving.Tests.World;

/// <summary>Lists what <see cref="FakeGrains"/> holds, and event trackers of its own.</summary>
internal sealed class FakeCatalog(FakeGrains grains) : IResourceCatalog
{
    public ConcurrentDictionary<string, EventTrackerState> Trackers { get; } = new();
    public int Scans;

    public Task<IReadOnlyList<CatalogEntry<TState>>> ScanAsync<TState>(
        string stateName, string keyPrefix, string? afterKey, int limit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Scans);
        // Of campaigns and groups only the keys are looked at: their grains are asked for the rest.
        IEnumerable<(string Key, object? State)> all =
            stateName == CampaignState.Kind.StateName ? grains.Campaigns.Keys.Select(key => (key, (object?)null))
            : stateName == DatasetGroupState.Kind.StateName ? grains.Groups.Keys.Select(key => (key, (object?)null))
            : stateName == EventTrackerState.Kind.StateName ? Trackers.Select(pair => (pair.Key, (object?)pair.Value))
            : throw new NotSupportedException(stateName);
        return Task.FromResult<IReadOnlyList<CatalogEntry<TState>>>([.. all
            .Where(entry =>
                entry.Key.StartsWith(keyPrefix, StringComparison.Ordinal)
                    && (afterKey is null || string.CompareOrdinal(entry.Key, afterKey) > 0))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Take(limit)
            .Select(entry => new CatalogEntry<TState>(entry.Key, (TState)entry.State!))]);
    }
}
