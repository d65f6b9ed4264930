namespace Kindred.Contracts.Access;

/// <summary>A key as the door sees it.</summary>
/// <param name="Id">The access key id, which clients send in the clear.</param>
[GenerateSerializer, Immutable, Alias("Kindred.AccessKeyDescription")]
public sealed record AccessKeyDescription([property: Id(0)] string Id, [property: Id(1)] AccessKeyState State);
