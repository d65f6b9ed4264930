using System.Collections.Concurrent;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;

namespace Kindred.Operations.Operating;

/// <summary>
/// Whether a tenant may use the service: one that is suspended is refused everything, whoever acts for it. What is known is asked again every
/// few seconds, so a suspension reaches every process soon, and the one that made it at once.
/// </summary>
public sealed class TenantStandings(IResourceCatalog catalog, TimeProvider clock) : ITenantStandings
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Standing> _known = new(StringComparer.Ordinal);

    private sealed record Standing(bool IsSuspended, DateTimeOffset AskedAt);

    /// <exception cref="RefusedException">AccessDenied: the tenant is suspended.</exception>
    public ValueTask RequireActiveAsync(string account)
    {
        if (!_known.TryGetValue(account, out var known) || clock.GetUtcNow() - known.AskedAt >= Lifetime) return new(AskAsync(account));
        if (known.IsSuspended) throw Suspended(account);
        return default;
    }

    /// <summary>Asks again at the next call.</summary>
    internal void Doubt(string account) => _known.TryRemove(account, out _);

    private async Task AskAsync(string account)
    {
        var tenant = await catalog.FindAsync<TenantState>(StateNames.Tenant, account);
        if (_known.Count >= MostKept) _known.Clear();
        var standing = _known[account] = new(tenant?.SuspendedAt is not null, clock.GetUtcNow());
        if (standing.IsSuspended) throw Suspended(account);
    }

    private static RefusedException Suspended(string account) =>
        new(RefusalCode.AccessDenied, $"The tenant {account} is suspended. Whoever operates the deployment can say why.");
}
