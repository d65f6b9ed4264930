using Kindred.Contracts.Refusals;

namespace Kindred.Identity.Organisations;

/// <summary>Who may do what to whom in an organisation, as pure functions.</summary>
internal static class MemberRules
{
    /// <exception cref="RefusedException">AccessDenied: the actor may not give somebody this role.</exception>
    public static void MayInvite(OrganisationRole actor, OrganisationRole role)
    {
        RequireAdmin(actor);
        if (role is OrganisationRole.Owner && actor is not OrganisationRole.Owner) throw Denied("Only an owner can invite another owner.");
    }

    /// <param name="owners">How many owners there are now.</param>
    /// <exception cref="RefusedException">AccessDenied: the actor may not. ResourceInUse: the organisation would have no owner.</exception>
    public static void MayChange(OrganisationRole actor, OrganisationRole from, OrganisationRole to, int owners)
    {
        RequireAdmin(actor);
        if (actor is not OrganisationRole.Owner && (from is OrganisationRole.Owner || to is OrganisationRole.Owner))
            throw Denied("Only an owner can make an owner, or change one.");
        if (from is OrganisationRole.Owner && to is not OrganisationRole.Owner) RequireAnotherOwner(owners);
    }

    /// <param name="isSelf">Whether the actor leaves, which everybody may.</param>
    /// <param name="owners">How many owners there are now.</param>
    /// <exception cref="RefusedException">AccessDenied: the actor may not. ResourceInUse: the organisation would have no owner.</exception>
    public static void MayRemove(OrganisationRole actor, OrganisationRole member, bool isSelf, int owners)
    {
        if (!isSelf) RequireAdmin(actor);
        if (member is OrganisationRole.Owner && actor is not OrganisationRole.Owner) throw Denied("Only an owner can remove an owner.");
        if (member is OrganisationRole.Owner) RequireAnotherOwner(owners);
    }

    /// <exception cref="RefusedException">AccessDenied: the actor is below an admin.</exception>
    public static void RequireAdmin(OrganisationRole actor)
    {
        if (actor < OrganisationRole.Admin) throw Denied("Only admins and owners can do this.");
    }

    private static void RequireAnotherOwner(int owners)
    {
        if (owners < 2) throw new RefusedException(RefusalCode.ResourceInUse, "An organisation needs an owner. Make somebody else an owner first.");
    }

    private static RefusedException Denied(string sentence) => new(RefusalCode.AccessDenied, sentence);
}
