namespace Kindred.Identity.Organisations;

/// <summary>An organisation: people who share one tenant.</summary>
internal sealed class OrganisationRecord
{
    /// <summary>The tenant: 12 digits.</summary>
    public required string Account { get; init; }
    public required string Name { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}
