namespace Kindred.Contracts.Access;

/// <summary>Who makes a request, as the door established it.</summary>
/// <param name="Account">The tenant: 12 digits.</param>
/// <param name="Region">The deployment's region; part of every ARN it composes.</param>
/// <param name="InvocationId">The client's <c>amz-sdk-invocation-id</c>: the same for every retry of one call; null when it sent none.</param>
[GenerateSerializer, Immutable, Alias("Kindred.Caller")]
public sealed record Caller(
    [property: Id(0)] string Account,
    [property: Id(1)] string Region,
    [property: Id(2)] string? InvocationId);
