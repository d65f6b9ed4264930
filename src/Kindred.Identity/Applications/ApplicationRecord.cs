using Kindred.Contracts.Access;
using Kindred.Identity.Organisations;

namespace Kindred.Identity.Applications;

/// <summary>A program of an organisation that gets its own tokens. Its secret is with OpenIddict's record of the same client id.</summary>
internal sealed class ApplicationRecord
{
    public required string ClientId { get; init; }
    public required string Account { get; init; }
    public required string Name { get; init; }
    public required AccessScopes Scopes { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public OrganisationRecord Organisation { get; init; } = null!;
}
