using System.Text.Json;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;

namespace Kindred.Identity.Organisations;

/// <summary>What the trail says of changes of an organisation's people.</summary>
internal static class MemberAudit
{
    /// <param name="before">The role that somebody had; null when they had none.</param>
    /// <param name="after">The role that they have now; null when they have none.</param>
    /// <param name="email">Whom an invitation is for; null where the person says it.</param>
    public static AuditEvent Of(
        Principal actor, string action, string target, OrganisationRole? before, OrganisationRole? after, string? email = null) =>
        AuditEvent.By(actor, action, target) with { Before = Describe(before, email), After = Describe(after, email) };

    public static AuditEvent OfName(Principal actor, string? before, string after) =>
        AuditEvent.By(actor, before is null ? "organisation:Create" : "organisation:Rename", target: null) with
        {
            Before = before is null ? null : JsonSerializer.Serialize(new { name = before }),
            After = JsonSerializer.Serialize(new { name = after }),
        };

    private static string? Describe(OrganisationRole? role, string? email) =>
        role is null ? null
        : email is null ? JsonSerializer.Serialize(new { role = role.ToString() })
        : JsonSerializer.Serialize(new { email, role = role.ToString() });
}
