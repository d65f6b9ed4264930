using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kindred.Api.Tenancy;

/// <param name="Name">What people call it; may be left out.</param>
/// <param name="Scopes">Scope names; what the issuing key has itself, at most.</param>
/// <param name="ExpiresAt">ISO 8601; a key without it lasts until it is revoked.</param>
/// <param name="AllowedOrigins">Origins whose pages may use the key, such as <c>https://shop.example</c>; left out for a key of servers.</param>
internal sealed record NewKey(
    string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? AllowedOrigins);

/// <param name="OverlapSeconds">How long both keys are accepted; left out: the old one ends at once.</param>
internal sealed record KeyRoll(double? OverlapSeconds);

/// <param name="Account">12 digits; drawn at random when it is left out.</param>
/// <param name="Name">What people call it; may be left out.</param>
internal sealed record NewTenant(string? Account, string? Name);

/// <param name="Secret">Only in the answer that made the key.</param>
internal sealed record KeyDescription(
    string Id, string? Secret, string Account, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    IReadOnlyList<string>? AllowedOrigins)
{
    public string? Name { get; init; }
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>To a few minutes; absent when it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}

internal sealed record KeyListing(IReadOnlyList<KeyDescription> Keys);

internal sealed record TenantDescription(string Account, KeyDescription Key);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 8)]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(KeyRoll))]
[JsonSerializable(typeof(NewTenant))]
[JsonSerializable(typeof(KeyDescription))]
[JsonSerializable(typeof(KeyListing))]
[JsonSerializable(typeof(TenantDescription))]
internal sealed partial class TenancyJson : JsonSerializerContext;
