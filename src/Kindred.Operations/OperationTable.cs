using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations;

/// <summary>Which operations of the contract have a handler, and how it is called. Filled once at start, read by every request.</summary>
internal sealed class OperationTable
{
    /// <summary>What an idle writer is set on: nothing is ever written there.</summary>
    private static readonly ArrayBufferWriter<byte> Nowhere = new();

    [ThreadStatic] private static Utf8JsonWriter? _idleWriter;

    private readonly Dictionary<string, OperationHandler> _handlers = new(StringComparer.Ordinal);

    /// <summary>Answers <paramref name="operation"/> with <paramref name="handler"/>, which receives valid requests only.</summary>
    /// <param name="operation">The name of an operation of the contract, such as <c>CreateCampaign</c>.</param>
    /// <exception cref="ArgumentException">The operation has a handler already, or its shapes are not those of the contract.</exception>
    public void Handle<TRequest, TResponse>(string operation, Func<TRequest, OperationContext, Task<TResponse>> handler)
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        var request = WireShapes.Of<TRequest>();
        var response = WireShapes.Of<TResponse>();
        Add(operation, typeof(TRequest).Name, typeof(TResponse).Name, async (body, context, output) =>
        {
            var answer = await handler(Read(body.Span, request), context);
            Write(answer, response, output);
        });
    }

    /// <summary>Likewise, for an operation that answers with an empty body.</summary>
    public void Handle<TRequest>(string operation, Func<TRequest, OperationContext, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var request = WireShapes.Of<TRequest>();
        Add(operation, typeof(TRequest).Name, response: null, (body, context, _) => handler(Read(body.Span, request), context));
    }

    internal OperationHandler? Find(string operation) => _handlers.GetValueOrDefault(operation);

    private void Add(string operation, string request, string? response, OperationHandler handler)
    {
        var contract = ContractOperations.Find(operation)
            ?? throw new ArgumentException($"The contract has no operation '{operation}'.", nameof(operation));
        if (contract.Input.Name != request || contract.Output != response)
        {
            throw new ArgumentException(
                $"'{operation}' takes {contract.Input.Name} and gives {contract.Output ?? "nothing"}, "
                + $"not {request} and {response ?? "nothing"}.", nameof(operation));
        }

        if (!_handlers.TryAdd(operation, handler))
        {
            throw new ArgumentException($"The operation '{operation}' has a handler already.", nameof(operation));
        }
    }

    private static void Write<T>(T answer, JsonTypeInfo<T> shape, IBufferWriter<byte> output)
    {
        var writer = _idleWriter ?? new Utf8JsonWriter(Nowhere);
        _idleWriter = null; // not after an exception: its state would be unknown
        writer.Reset(output);
        JsonSerializer.Serialize(writer, answer, shape);
        writer.Flush();
        writer.Reset(Nowhere);
        _idleWriter = writer;
    }

    private static T Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> shape) =>
        JsonSerializer.Deserialize(body, shape) ?? throw new JsonException("The request is null.");
}
