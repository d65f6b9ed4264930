using Kindred.Contracts.Tenants;

namespace Kindred.Operations.Operating;

/// <summary>A tenant as its operator sees it.</summary>
/// <param name="Requests">Answered requests for recommendations and rankings, by day, the oldest first.</param>
/// <param name="Events">Events taken over the same days.</param>
public sealed record TenantReading(TenantState State, IReadOnlyList<double> Requests, long Events);
