namespace Kindred.Identity.Organisations;

/// <summary>An invitation that nobody has taken yet: once it is taken or withdrawn there is no row of it.</summary>
internal sealed class InvitationRecord
{
    public required string Id { get; init; }
    public required string Account { get; init; }
    /// <summary>Whom it was made for; nobody else can take it.</summary>
    public required string Email { get; init; }
    public required OrganisationRole Role { get; init; }
    /// <summary>SHA-256 of the secret in the link: whoever reads the table cannot join by it.</summary>
    public required byte[] SecretHash { get; init; }
    public required string InvitedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    public OrganisationRecord Organisation { get; init; } = null!;
}
