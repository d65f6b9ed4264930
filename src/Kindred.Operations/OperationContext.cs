using Kindred.Contracts.Access;

namespace Kindred.Operations;

/// <summary>What a handler knows beside its request. By now the caller is entered and in scope, and the request is valid.</summary>
/// <param name="CancellationToken">Cancelled when nobody waits for the answer any more.</param>
internal sealed record OperationContext(Caller Caller, IServiceProvider Services, CancellationToken CancellationToken);
