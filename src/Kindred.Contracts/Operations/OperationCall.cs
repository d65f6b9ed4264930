using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Operations;

/// <summary>One call of an operation.</summary>
/// <param name="Body">The request's JSON, UTF-8, as it came; empty stands for an empty object. It is read until the call has ended.</param>
/// <param name="InvocationId">
/// The same for every repetition of one call, so that what it makes is made once; null when whoever calls does not repeat.
/// </param>
public readonly record struct OperationCall(ContractOperation Operation, ReadOnlyMemory<byte> Body, string? InvocationId = null)
{
    /// <summary>Whether a page of the portal asks: what it only looks at is no use of the API, and is not counted as one.</summary>
    public bool IsOfPage { get; init; }
}
