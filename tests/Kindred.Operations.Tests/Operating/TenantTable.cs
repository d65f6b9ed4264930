using System.Collections.Concurrent;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Tenants;

namespace Kindred.Operations.Tests.Operating;

/// <summary>Tenants with the quotas that a test sets.</summary>
internal sealed class TenantTable : IResourceCatalog
{
    private readonly ConcurrentDictionary<string, TenantState> _tenants = new(StringComparer.Ordinal);

    public void Set(string account, TenantQuotas quotas) => _tenants[account] = new TenantState { Account = account, Quotas = quotas };

    public Task<IReadOnlyList<CatalogEntry<TState>>> ScanAsync<TState>(
        string stateName, string keyPrefix, string? afterKey, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CatalogEntry<TState>>>([.. _tenants
            .Where(tenant => tenant.Key.StartsWith(keyPrefix, StringComparison.Ordinal))
            .Select(tenant => new CatalogEntry<TState>(tenant.Key, (TState)(object)tenant.Value))]);
}
