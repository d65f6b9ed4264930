namespace Kindred.Operations.ControlPlane;

/// <summary>Which page of a list a client wants.</summary>
/// <param name="MaxResults">Entries of a page; null for as many as the contract allows.</param>
/// <param name="NextToken">Where it begins; null for the first.</param>
/// <param name="Parent">The ARN that the client narrowed the list by; null for all of the account's.</param>
internal sealed record PageRequest(int? MaxResults, string? NextToken, string? Parent = null);
