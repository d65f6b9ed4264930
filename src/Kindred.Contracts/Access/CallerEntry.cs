namespace Kindred.Contracts.Access;

/// <summary>In whose name grain calls are made: what travels with each of them.</summary>
/// <param name="Account">The account whose grains may be called, 12 digits; null for work of the service that concerns all.</param>
/// <param name="ActorId">The id of the access key, the person or the application, or the reason why the service acts.</param>
[GenerateSerializer, Immutable, Alias("Kindred.CallerEntry")]
public sealed record CallerEntry(
    [property: Id(0)] string? Account,
    [property: Id(1)] ActorKind Actor,
    [property: Id(2)] string ActorId)
{
    /// <summary><c>access-key/{id}</c>, <c>person/{id}</c>, <c>application/{id}</c> or <c>service/{reason}</c>.</summary>
    public string AuditName => Actor switch
    {
        ActorKind.AccessKey => $"access-key/{ActorId}",
        ActorKind.Person => $"person/{ActorId}",
        ActorKind.Application => $"application/{ActorId}",
        _ => $"service/{ActorId}",
    };
}
