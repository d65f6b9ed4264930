using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;

namespace Kindred.Testing;

/// <summary>Every tenant is active but those that a test suspends.</summary>
internal sealed class ActiveTenants : ITenantStandings
{
    public HashSet<string> Suspended { get; } = [];

    public void TakeRequest(string account)
    {
    }

    public TenantQuotas QuotasOf(string account) => TenantQuotas.None;

    public ValueTask RequireActiveAsync(string account) =>
        Suspended.Contains(account) ? throw new RefusedException(RefusalCode.AccessDenied, $"The tenant {account} is suspended.") : default;
}
