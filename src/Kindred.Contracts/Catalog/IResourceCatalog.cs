using Kindred.Contracts.Arns;

namespace Kindred.Contracts.Catalog;

/// <summary>
/// Lists what exists. It reads the key range of the grains' own state table, so there is no second copy of the truth;
/// a resource that was acknowledged is listed, one that was deleted is not.
/// </summary>
public interface IResourceCatalog
{
    /// <summary>States of one kind whose grain key starts with <paramref name="keyPrefix"/>, in ordinal key order.</summary>
    /// <typeparam name="TState">The state record that the kind's grain persists.</typeparam>
    /// <param name="stateName">The full state name: <c>{grain type}/{state name}</c>.</param>
    /// <param name="keyPrefix">Start of the key range, such as <see cref="Arn.Prefix"/>; empty for every key.</param>
    /// <param name="afterKey">Keys up to and including this one are passed over; null to start at the beginning.</param>
    /// <param name="limit">Most entries to return, at least 1.</param>
    Task<IReadOnlyList<CatalogEntry<TState>>> ScanAsync<TState>(
        string stateName, string keyPrefix, string? afterKey, int limit, CancellationToken cancellationToken);
}

/// <param name="Key">The grain's key, an ARN for a resource.</param>
public sealed record CatalogEntry<TState>(string Key, TState State);
