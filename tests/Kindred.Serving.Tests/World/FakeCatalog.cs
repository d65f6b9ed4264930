using System.Collections.Concurrent;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Events;
using Kindred.Contracts.Filters;

namespace Kindred.Serving.Tests.World;

/// <summary>Lists what <see cref="FakeGrains"/> holds, and event trackers of its own.</summary>
internal sealed class FakeCatalog(FakeGrains grains) : IResourceCatalog
{
    public ConcurrentDictionary<string, EventTrackerState> Trackers { get; } = new();
    public ConcurrentDictionary<string, FilterState> Filters { get; } = new();
    public int Scans;

    public Task<IReadOnlyList<CatalogEntry<TState>>> ScanAsync<TState>(
        string stateName, string keyPrefix, string? afterKey, int limit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Scans);
        IEnumerable<(string Key, object State)> all =
            stateName == CampaignState.Kind.StateName ? grains.Campaigns.Keys.Select(key => (key, (object)Campaign(Arn.Parse(key))))
            : stateName == DatasetGroupState.Kind.StateName ? grains.Groups.Keys.Select(key => (key, (object)Group(Arn.Parse(key))))
            : stateName == EventTrackerState.Kind.StateName ? Trackers.Select(pair => (pair.Key, (object)pair.Value))
            : stateName == FilterState.Kind.StateName ? Filters.Select(pair => (pair.Key, (object)pair.Value))
            : stateName == DatasetState.Kind.StateName ? [] // none with a tracking id
            : throw new NotSupportedException(stateName);
        return Task.FromResult<IReadOnlyList<CatalogEntry<TState>>>([.. all
            .Where(entry =>
                entry.Key.StartsWith(keyPrefix, StringComparison.Ordinal)
                    && (afterKey is null || string.CompareOrdinal(entry.Key, afterKey) > 0))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Take(limit)
            .Select(entry => new CatalogEntry<TState>(entry.Key, (TState)entry.State))]);
    }

    // That they exist is all that is asked here: their grains are asked for the rest.
    private static CampaignState Campaign(Arn arn) => new()
    {
        Campaign = new()
        {
            Name = arn.Name, Arn = arn, SolutionVersionArn = default, MinProvisionedTPS = 1, Status = ResourceStatus.Active,
            CreatedAt = default, UpdatedAt = default,
        },
    };

    private static DatasetGroupState Group(Arn arn) => new()
    {
        DatasetGroup = new() { Name = arn.Name, Arn = arn, Status = ResourceStatus.Active, CreatedAt = default, UpdatedAt = default },
    };
}
