namespace Kindred.Contracts.Access;

/// <summary>What an access key remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.AccessKeyState")]
public sealed record AccessKeyState
{
    /// <summary>The tenant: 12 digits.</summary>
    [Id(0)] public required string Account { get; init; }
    [Id(1)] public required AccessScopes Scopes { get; init; }
    /// <summary>The secret, encrypted by the door that issued it. Nothing behind the door can read it.</summary>
    [Id(2)] public required string ProtectedSecret { get; init; }
    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>From this moment on the key is refused; null for a key without an end.</summary>
    [Id(4)] public DateTimeOffset? ExpiresAt { get; init; }
    [Id(5)] public bool Revoked { get; init; }
    /// <summary>Origins whose pages may use the key, such as <c>https://shop.example</c>, or <c>*</c>; null for a key of servers.</summary>
    [Id(6)] public IReadOnlyList<string>? AllowedOrigins { get; init; }
    /// <summary>What people call the key; null when nobody named it.</summary>
    [Id(7)] public string? Name { get; init; }
    /// <summary>Since when the key is refused until somebody enables it again; null when it is not.</summary>
    [Id(8)] public DateTimeOffset? DisabledAt { get; init; }
    /// <summary>When it was accepted last, to a few minutes; null when it never was, or not since this is noted.</summary>
    [Id(9)] public DateTimeOffset? LastUsedAt { get; init; }
    /// <summary>Rises with every change of what the key may do.</summary>
    [Id(10)] public long Number { get; init; }

    public bool IsUsable(DateTimeOffset now) => !Revoked && DisabledAt is null && (ExpiresAt is not { } end || now < end);
}
