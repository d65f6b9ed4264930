using System.Buffers;
using System.Text.Json;
using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Operations;

/// <summary>
/// Calls with the contract's records, for the pages in the same process. They become JSON and go the whole way of every other
/// call: nothing that HTTP refuses gets through here.
/// </summary>
public static class TypedCalls
{
    /// <typeparam name="TRequest">The request of the operation that its name says: <c>CreateCampaignRequest</c>, CreateCampaign.</typeparam>
    /// <typeparam name="TResponse">That operation's output.</typeparam>
    /// <param name="invocationId">See <see cref="OperationCall"/>.</param>
    /// <exception cref="ArgumentException">The two are not the shapes of one operation.</exception>
    /// <inheritdoc cref="IOperationInvoker.InvokeAsync" path="/exception"/>
    public static async ValueTask<TResponse> InvokeAsync<TRequest, TResponse>(
        this IOperationInvoker invoker, Principal principal, TRequest request, string? invocationId = null,
        CancellationToken cancellationToken = default)
        where TRequest : class
        where TResponse : class
    {
        var answer = await SendAsync(invoker, principal, request, typeof(TResponse).Name, invocationId, cancellationToken);
        return JsonSerializer.Deserialize(answer.WrittenSpan, WireShapes.Of<TResponse>()) ?? throw new JsonException("The answer is null.");
    }

    /// <summary>Likewise, for an operation without output.</summary>
    public static async ValueTask InvokeAsync<TRequest>(
        this IOperationInvoker invoker, Principal principal, TRequest request, string? invocationId = null,
        CancellationToken cancellationToken = default)
        where TRequest : class =>
        await SendAsync(invoker, principal, request, output: null, invocationId, cancellationToken);

    private static async ValueTask<ArrayBufferWriter<byte>> SendAsync<TRequest>(
        IOperationInvoker invoker, Principal principal, TRequest request, string? output, string? invocationId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        var operation = OperationOf(typeof(TRequest).Name, output);
        var body = JsonSerializer.SerializeToUtf8Bytes(request, WireShapes.Of<TRequest>());
        var answer = new ArrayBufferWriter<byte>();
        await invoker.InvokeAsync(principal, new OperationCall(operation, body, invocationId) { IsOfPage = true }, answer, cancellationToken);
        return answer;
    }

    private static ContractOperation OperationOf(string request, string? output)
    {
        const string Suffix = "Request";
        var operation = request.EndsWith(Suffix, StringComparison.Ordinal) ? ContractOperations.Find(request[..^Suffix.Length]) : null;
        return operation is not null && operation.Output == output
            ? operation
            : throw new ArgumentException($"The contract has no operation that takes {request} and gives {output ?? "nothing"}.");
    }
}
