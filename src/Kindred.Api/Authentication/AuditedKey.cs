using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kindred.Api.Authentication;

/// <summary>A key as the audit trail shows it: without its secret.</summary>
internal sealed record AuditedKey(
    string Id, string? Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? AllowedOrigins);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditedKey))]
internal sealed partial class AuditedKeyJson : JsonSerializerContext;
