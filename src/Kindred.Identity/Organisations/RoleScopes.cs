using Kindred.Contracts.Access;

namespace Kindred.Identity.Organisations;

/// <summary>What a role may do at the door.</summary>
public static class RoleScopes
{
    /// <exception cref="ArgumentOutOfRangeException">There is no such role.</exception>
    public static AccessScopes Of(OrganisationRole role) => role switch
    {
        OrganisationRole.Analyst => AccessScopes.Read | AccessScopes.Recommend,
        OrganisationRole.Developer => Of(OrganisationRole.Analyst) | AccessScopes.Control | AccessScopes.Events | AccessScopes.Records | AccessScopes.Objects,
        OrganisationRole.Admin => Of(OrganisationRole.Developer) | AccessScopes.Keys,
        OrganisationRole.Owner => AccessScopes.Tenant,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role."),
    };
}
