namespace Kindred.Contracts.Audit;

/// <summary>An event as it stands in the trail.</summary>
/// <param name="Number">Rises from entry to entry; entries of other tenants have numbers in between.</param>
/// <param name="At">When it was made.</param>
public sealed record AuditEntry(long Number, DateTimeOffset At, AuditEvent Event);
