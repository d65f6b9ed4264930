namespace Kindred.Contracts.Access;

/// <summary>A key that somebody asks for.</summary>
/// <param name="Scopes">At least one; at most what whoever asks has.</param>
public sealed record NewAccessKey(AccessScopes Scopes)
{
    /// <summary>What people call it, at most 100 characters; may be left out.</summary>
    public string? Name { get; init; }

    /// <summary>When it ends; null for as long as whoever makes it may.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Origins whose pages may use it, such as <c>https://shop.example</c>; null for a key of servers.</summary>
    public IReadOnlyList<string>? AllowedOrigins { get; init; }
}
