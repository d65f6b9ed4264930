namespace Kindred.Identity.Organisations;

/// <summary>An invitation that nobody has taken yet.</summary>
/// <param name="InvitedBy">The name of whoever made it.</param>
public sealed record Invitation(
    string Id, string Account, string Organisation, string Email, OrganisationRole Role, string InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
