using System.Text.Json;
using System.Text.Json.Serialization;
using Kindred.Contracts.Audit;

namespace Kindred.Api.Audit;

/// <param name="Number">For <c>before=</c> of the next page: the last one's.</param>
/// <param name="Before">JSON, as a text: it may have been cut.</param>
/// <param name="After">Likewise.</param>
internal sealed record AuditView(
    long Number, DateTimeOffset At, string Actor, string Action, string? Target, string? Origin, string? Before, string? After)
{
    public static AuditView Of(AuditEntry entry) => new(
        entry.Number, entry.At, entry.Event.Actor, entry.Event.Action, entry.Event.Target, entry.Event.Origin, entry.Event.Before,
        entry.Event.After);
}

internal sealed record AuditListing(IReadOnlyList<AuditView> Entries);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditListing))]
internal sealed partial class AuditViewJson : JsonSerializerContext;
