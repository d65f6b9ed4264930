using Kindred.Contracts.Access;

namespace Kindred.Api.Operations;

/// <summary>What a handler knows beside its request. By now the caller is authenticated and in scope, and the request is valid.</summary>
/// <param name="Services">The services of this request.</param>
/// <param name="CancellationToken">Cancelled when the client goes away.</param>
public sealed record OperationContext(Caller Caller, AccessScopes Scopes, IServiceProvider Services, CancellationToken CancellationToken);
