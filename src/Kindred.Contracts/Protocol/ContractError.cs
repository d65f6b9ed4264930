namespace Kindred.Contracts.Protocol;

/// <summary>An error that the contract documents for an operation.</summary>
/// <param name="Code">What the client finds in <c>__type</c>, such as <c>ResourceNotFoundException</c>.</param>
/// <param name="HttpStatus">The status of the developer guide: 400 for every error of the control plane.</param>
public sealed record ContractError(string Code, int HttpStatus);
