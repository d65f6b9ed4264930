using Kindred.Contracts.Refusals;

namespace Kindred.Contracts.Tenants;

/// <summary>
/// Whether a tenant may use the service, and how much: one that is suspended is refused everything, whoever acts for it. An operator's change
/// is known at once where it was made, and within seconds elsewhere.
/// </summary>
public interface ITenantStandings
{
    /// <exception cref="RefusedException">AccessDenied: the tenant is suspended.</exception>
    ValueTask RequireActiveAsync(string account);

    /// <summary>Counts a request of a tenant that is known to be active.</summary>
    /// <exception cref="RefusedException">Throttled: it is one more in a second than the tenant's quota.</exception>
    void TakeRequest(string account);

    /// <summary>What is known of the tenant's quotas; what is not known yet is asked for meanwhile.</summary>
    TenantQuotas QuotasOf(string account);
}
