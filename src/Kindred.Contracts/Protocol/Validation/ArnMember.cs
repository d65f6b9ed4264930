namespace Kindred.Contracts.Protocol.Validation;

/// <summary>A resource that a request names.</summary>
/// <param name="Path">Where in the request, such as <c>promotions.1.member.filterArn</c>.</param>
public readonly record struct ArnMember(string Path, string Value);
