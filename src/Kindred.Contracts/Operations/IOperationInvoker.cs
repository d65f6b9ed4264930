using System.Buffers;
using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;

namespace Kindred.Contracts.Operations;

/// <summary>
/// The one way to the operations of the contract, for HTTP, portal, batch and command line alike. It checks in this order the
/// principal's scopes, the request against the contract, and the account of every ARN in it; then the operation runs in the
/// principal's name.
/// </summary>
public interface IOperationInvoker
{
    /// <param name="answer">
    /// Receives the answer's JSON, UTF-8; nothing for an operation without output. After an exception its content means nothing.
    /// </param>
    /// <exception cref="RefusedException">
    /// The call is refused: AccessDenied, InvalidInput with every fault of the request, Malformed when it is no JSON object,
    /// UnknownOperation when this process does not serve it, or whatever the operation itself refuses.
    /// </exception>
    ValueTask InvokeAsync(Principal principal, OperationCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken);
}
