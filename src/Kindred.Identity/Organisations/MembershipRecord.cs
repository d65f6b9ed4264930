using Kindred.Identity.Accounts;

namespace Kindred.Identity.Organisations;

internal sealed class MembershipRecord
{
    public required string Account { get; init; }
    public required string PersonId { get; init; }
    public required OrganisationRole Role { get; set; }
    public required DateTimeOffset JoinedAt { get; init; }

    public OrganisationRecord Organisation { get; init; } = null!;
    public Person Person { get; init; } = null!;
}
