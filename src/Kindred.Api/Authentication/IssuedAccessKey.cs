using Kindred.Contracts.Access;

namespace Kindred.Api.Authentication;

/// <summary>A new key with its secret, which is shown this once and never again.</summary>
public sealed record IssuedAccessKey(
    string Id, string Secret, string Account, AccessScopes Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    // The text of a record lists its members; this one's must not end up in a log.
    public override string ToString() => Id;
}
