using Kindred.Contracts.Catalog;
using Kindred.Contracts.Tenants;

namespace Kindred.Grains.Resources;

/// <summary>
/// How much one tenant may have: its own quotas where an operator set some, the deployment's limits elsewhere. Read anew each time, so that a
/// change holds for the next thing that is made.
/// </summary>
internal sealed class TenantAllowances(IResourceCatalog catalog, TenantLimits limits)
{
    public async Task<TenantLimits> OfAsync(string account) =>
        await catalog.FindAsync<TenantState>(StateNames.Tenant, account) is { Quotas: { } quotas } ? limits.With(quotas) : limits;
}
