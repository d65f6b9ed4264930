using Kindred.Contracts.Refusals;

namespace Kindred.Contracts.Tenants;

/// <summary>Whether a tenant may use the service; one that is suspended is refused everything, whoever acts for it.</summary>
public interface ITenantStandings
{
    /// <exception cref="RefusedException">AccessDenied: the tenant is suspended.</exception>
    ValueTask RequireActiveAsync(string account);
}
