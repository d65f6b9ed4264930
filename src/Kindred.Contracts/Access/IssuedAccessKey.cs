namespace Kindred.Contracts.Access;

/// <summary>A new key with its secret, which is shown this once and never again.</summary>
public sealed record IssuedAccessKey(
    string Id, string Secret, string Account, AccessScopes Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>Origins whose pages may use the key; null for a key of servers.</summary>
    public IReadOnlyList<string>? AllowedOrigins { get; init; }

    /// <summary>What people call it; null when nobody named it.</summary>
    public string? Name { get; init; }

    // The text of a record lists its members; this one's must not end up in a log.
    public override string ToString() => Id;
}
