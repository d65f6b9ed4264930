using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Usage;

namespace Kindred.Operations.Readings;

/// <summary>What a tenant's trail and meter say, for whoever may see it: the account is the principal's, and nobody else's.</summary>
public static class OwnReadings
{
    /// <exception cref="RefusedException">AccessDenied: the scope <c>read</c> is missing.</exception>
    public static Task<IReadOnlyList<UsageCount>> ReadOwnAsync(
        this IUsageMeter meter, Principal principal, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Read, "usage:Read");
        return meter.ReadAsync(principal.Account, from, until, cancellationToken);
    }

    /// <exception cref="RefusedException">AccessDenied: the scope <c>keys</c> is missing; the trail is for whoever administers the tenant.</exception>
    public static Task<IReadOnlyList<AuditEntry>> ReadOwnAsync(
        this IAuditTrail trail, Principal principal, AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trail);
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Keys, "audit:Read");
        return trail.ReadAsync(principal.Account, query, cancellationToken);
    }
}
