namespace Kindred.Contracts.Audit;

/// <summary>
/// Every change of a tenant, for its administrators. An entry is on disk before whoever made the change hears that it was made; it is
/// never changed, and goes when it is older than the deployment keeps entries.
/// </summary>
public interface IAuditTrail
{
    Task RecordAsync(AuditEvent change, CancellationToken cancellationToken = default);

    /// <param name="account">The tenant: 12 digits.</param>
    /// <returns>Newest first.</returns>
    Task<IReadOnlyList<AuditEntry>> ReadAsync(string account, AuditQuery query, CancellationToken cancellationToken = default);
}
