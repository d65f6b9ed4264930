using System.Collections.Concurrent;
using System.Globalization;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Kindred.Storage.Quotas;

namespace Kindred.Operations.Operating;

/// <summary>
/// Whether a tenant may use the service, and how much: one that is suspended is refused everything, whoever acts for it. What is known is asked
/// again every few seconds, so a change reaches every process soon, and the one that made it at once.
/// </summary>
/// <param name="period">What stands for the second of quotas of requests; null for one.</param>
public sealed class TenantStandings(IResourceCatalog catalog, TimeProvider clock, TimeSpan? period = null) : ITenantStandings, IDisposable
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Standing> _known = new(StringComparer.Ordinal);

    /// <summary>Of tenants whose requests are counted. Another quota is another bucket; asked again, what was taken stays taken.</summary>
    private readonly TokenBuckets<(string Account, int PerSecond)> _requests =
        new(static key => BucketSize.PerSecond(key.PerSecond), period);

    private sealed record Standing(bool IsSuspended, TenantQuotas Quotas, DateTimeOffset AskedAt, bool IsDoubted = false);

    /// <exception cref="RefusedException">AccessDenied: the tenant is suspended.</exception>
    public ValueTask RequireActiveAsync(string account)
    {
        if (!_known.TryGetValue(account, out var known) || IsOld(known)) return new(AskAsync(account));
        if (known.IsSuspended) throw Suspended(account);
        return default;
    }

    public void TakeRequest(string account)
    {
        if (!_known.TryGetValue(account, out var known) || known.Quotas.RequestsPerSecond is not { } perSecond
            || _requests.TryTake((account, perSecond))) return;
        throw new RefusedException(RefusalCode.Throttled, string.Create(CultureInfo.InvariantCulture,
            $"The tenant {account} may send {perSecond} requests a second; send them more slowly, or ask whoever operates the deployment for more."));
    }

    public TenantQuotas QuotasOf(string account)
    {
        if (_known.TryGetValue(account, out var known) && !IsOld(known)) return known.Quotas;
        _ = RefreshAsync(account);
        return known?.Quotas ?? TenantQuotas.None;
    }

    public void Dispose() => _requests.Dispose();

    /// <summary>Asks again at the next call.</summary>
    internal void Doubt(string account)
    {
        if (_known.TryGetValue(account, out var known)) _known.TryUpdate(account, known with { IsDoubted = true }, known);
    }

    private bool IsOld(Standing known) => known.IsDoubted || clock.GetUtcNow() - known.AskedAt >= Lifetime;

    private async Task AskAsync(string account)
    {
        if ((await ReadAsync(account)).IsSuspended) throw Suspended(account);
    }

    private async Task RefreshAsync(string account)
    {
        try
        {
            await ReadAsync(account);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What was known holds until somebody waits for the answer, and hears of it.
        }
    }

    private async Task<Standing> ReadAsync(string account)
    {
        var tenant = await catalog.FindAsync<TenantState>(StateNames.Tenant, account);
        if (_known.Count >= MostKept) _known.Clear();
        return _known[account] = new(tenant?.SuspendedAt is not null, tenant?.Quotas ?? TenantQuotas.None, clock.GetUtcNow());
    }

    private static RefusedException Suspended(string account) =>
        new(RefusalCode.AccessDenied, $"The tenant {account} is suspended. Whoever operates the deployment can say why.");
}
