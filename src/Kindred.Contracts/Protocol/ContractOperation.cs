using Kindred.Contracts.Protocol.Validation;

namespace Kindred.Contracts.Protocol;

/// <summary>One operation of the contract, whether this deployment implements it or not.</summary>
public sealed record ContractOperation
{
    public required ContractService Service { get; init; }
    /// <summary>Such as <c>CreateCampaign</c>; unique over the three services.</summary>
    public required string Name { get; init; }
    /// <summary>The value of <c>X-Amz-Target</c>; null for an operation that is called by its path.</summary>
    public string? Target { get; init; }
    public required string Method { get; init; }
    public required string Path { get; init; }
    /// <summary>The request: what validates it, and by its name the record that holds it.</summary>
    public required StructureRule Input { get; init; }
    /// <summary>The name of the response's record; null when a success has an empty body.</summary>
    public string? Output { get; init; }
    public required int SuccessStatus { get; init; }
    public required IReadOnlyList<ContractError> Errors { get; init; }
    /// <summary>Where the request may name resources: member paths such as <c>promotions[].filterArn</c>.</summary>
    public required IReadOnlyList<string> ArnMembers { get; init; }
}
