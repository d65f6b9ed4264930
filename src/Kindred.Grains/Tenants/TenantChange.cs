using Kindred.Contracts.Access;

namespace Kindred.Grains.Tenants;

/// <summary>One kind of change of a tenant's resources, made on the tenant's turn: no other one runs meanwhile.</summary>
/// <param name="MakeAsync">Makes it, or refuses.</param>
internal sealed record TenantChange<TRequest, TResponse>(Func<TRequest, Caller, Task<TResponse>> MakeAsync);

/// <summary>Likewise, without an answer.</summary>
/// <param name="MakeAsync">Makes it, or refuses.</param>
internal sealed record TenantChange<TRequest>(Func<TRequest, Caller, Task> MakeAsync);
