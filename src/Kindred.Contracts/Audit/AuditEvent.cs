using Kindred.Contracts.Access;

namespace Kindred.Contracts.Audit;

/// <summary>A change that was made: who, what, to what, from where.</summary>
/// <param name="Account">The tenant that it concerns: 12 digits.</param>
/// <param name="Actor">Who made it, as <see cref="Principal.AuditName"/> says, such as <c>access-key/KINDRED2</c>.</param>
/// <param name="Action">What was done, such as <c>personalize:CreateCampaign</c> or <c>keys:Revoke</c>.</param>
public sealed record AuditEvent(string Account, string Actor, string Action)
{
    /// <summary>Most characters of <see cref="Before"/> and <see cref="After"/>; what is longer is cut, and ends in an ellipsis.</summary>
    public const int MaxDetailLength = 16_384;

    /// <summary>A change that a principal made in its own account, from where it acts.</summary>
    public static AuditEvent By(Principal principal, string action, string? target)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return new AuditEvent(principal.Account, principal.AuditName, action) { Target = target, Origin = principal.Origin };
    }

    /// <summary>What it was done to: an ARN, or the id of a key or a person; null when the action says it all.</summary>
    public string? Target { get; init; }

    /// <summary>The client's address; null for the service's own work.</summary>
    public string? Origin { get; init; }

    /// <summary>What was there before, JSON; null for something new.</summary>
    public string? Before { get; init; }

    /// <summary>What was asked for or is there now, JSON; null for something deleted. Never a secret.</summary>
    public string? After { get; init; }
}
