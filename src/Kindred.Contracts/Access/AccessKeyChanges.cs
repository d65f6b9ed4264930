using Kindred.Contracts.Refusals;

namespace Kindred.Contracts.Access;

/// <summary>
/// Makes a key; one of the changes of a tenant (<see cref="Tenants.ITenantGrain"/>), so that a tenant's keys are counted without races.
/// </summary>
/// <exception cref="RefusedException">
/// ResourceAlreadyExists: the id is taken, by a revoked key too. LimitExceeded: the tenant has all the keys that it may have.
/// </exception>
[GenerateSerializer, Immutable, Alias("Kindred.IssueAccessKey")]
public sealed record IssueAccessKey([property: Id(0)] string Id, [property: Id(1)] AccessKeyState Key);

/// <summary>Ends a key of the tenant for ever; nothing happens when it has ended already.</summary>
/// <param name="Rights">What whoever ends it may give themselves; null: the service ends it, which may end any.</param>
/// <exception cref="RefusedException">
/// ResourceNotFound: the tenant has no such key. AccessDenied: the key may do more, or lasts longer, than what ends it.
/// ResourceInUse: it is the last one that can make keys, and nobody could get in again.
/// </exception>
[GenerateSerializer, Immutable, Alias("Kindred.RevokeAccessKey")]
public sealed record RevokeAccessKey([property: Id(0)] string Id, [property: Id(1)] KeyRights? Rights);

/// <summary>Refuses a key of the tenant for a while, accepts it again, or sets an end that comes sooner.</summary>
/// <param name="Rights">As of <see cref="RevokeAccessKey"/>.</param>
/// <param name="Disabled">Null leaves it as it is.</param>
/// <param name="EndsAt">Null leaves the end as it is; a later one than the key has is refused.</param>
/// <exception cref="RefusedException">As of <see cref="RevokeAccessKey"/>; InvalidInput: the end would come later, or the key has ended.</exception>
[GenerateSerializer, Immutable, Alias("Kindred.UpdateAccessKey")]
public sealed record UpdateAccessKey(
    [property: Id(0)] string Id, [property: Id(1)] KeyRights? Rights, [property: Id(2)] bool? Disabled, [property: Id(3)] DateTimeOffset? EndsAt);

/// <summary>What a key may do, and until when: as much as it may give another, and take from one.</summary>
/// <param name="Until">Null: for ever.</param>
[GenerateSerializer, Immutable, Alias("Kindred.KeyRights")]
public sealed record KeyRights([property: Id(0)] AccessScopes Scopes, [property: Id(1)] DateTimeOffset? Until)
{
    public bool Covers(AccessScopes scopes) => (scopes & ~Scopes) is AccessScopes.None;

    public bool Outlasts(DateTimeOffset? until) => Until is not { } end || until <= end;
}
