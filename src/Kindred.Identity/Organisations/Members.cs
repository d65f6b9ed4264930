using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Kindred.Identity.Organisations;

/// <summary>The people of an organisation. Every method checks what whoever acts is there at that moment.</summary>
public sealed class Members
{
    private readonly IDbContextFactory<AccountsDb> _contexts;
    private readonly IAuditTrail _audit;

    internal Members(IDbContextFactory<AccountsDb> contexts, IAuditTrail audit) => (_contexts, _audit) = (contexts, audit);

    /// <returns>The members, owners first, then by name; up to 1,000.</returns>
    /// <exception cref="RefusedException">ResourceNotFound: the actor does not belong to the organisation.</exception>
    public async Task<IReadOnlyList<Member>> ListAsync(Principal actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await RoleOfAsync(db, actor, cancellationToken);
        var members = await db.Memberships.Where(m => m.Account == actor.Account)
            .OrderByDescending(m => m.Role).ThenBy(m => m.Person.Name).ThenBy(m => m.Person.Email).Take(Invitations.MostMembers)
            .Select(m => new
            {
                m.Person, m.Role, m.JoinedAt, HasPasskey = db.UserPasskeys.Any(passkey => passkey.UserId == m.PersonId),
            }).AsNoTracking().ToListAsync(cancellationToken);
        return [.. members.Select(m => new Member(
            m.Person.Id, m.Person.DisplayName, m.Person.Email!, m.Role, m.JoinedAt, m.Person.TwoFactorEnabled || m.HasPasskey))];
    }

    /// <summary>Gives a member another role; it holds from their next click on.</summary>
    /// <exception cref="RefusedException">The actor may not, there is no such member, or the organisation would have no owner.</exception>
    public async Task ChangeRoleAsync(Principal actor, string personId, OrganisationRole role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!Enum.IsDefined(role)) throw new RefusedException(RefusalCode.InvalidInput, $"There is no role {(int)role}.");
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(db, actor.Account, cancellationToken);
        var present = await RoleOfAsync(db, actor, cancellationToken);
        var member = await FindAsync(db, actor.Account, personId, cancellationToken);
        MemberRules.MayChange(present, member.Role, role, await OwnersAsync(db, actor.Account, cancellationToken));
        var before = member.Role;
        member.Role = role;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await _audit.RecordAsync(MemberAudit.Of(actor, "members:ChangeRole", personId, before, role), CancellationToken.None);
    }

    /// <summary>Takes somebody out of the organisation; whoever acts may take themselves out.</summary>
    /// <inheritdoc cref="ChangeRoleAsync" path="/exception"/>
    public async Task RemoveAsync(Principal actor, string personId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(db, actor.Account, cancellationToken);
        var present = await RoleOfAsync(db, actor, cancellationToken);
        var member = await FindAsync(db, actor.Account, personId, cancellationToken);
        MemberRules.MayRemove(present, member.Role, actor.ActorId == personId, await OwnersAsync(db, actor.Account, cancellationToken));
        db.Memberships.Remove(member);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await _audit.RecordAsync(MemberAudit.Of(actor, "members:Remove", personId, member.Role, null), CancellationToken.None);
    }

    /// <summary>Gives the organisation another name.</summary>
    /// <exception cref="RefusedException">The actor is below an admin, or the name is none.</exception>
    public async Task RenameAsync(Principal actor, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (OrganisationNames.Fault(name) is { } fault) throw new RefusedException(RefusalCode.InvalidInput, fault);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        MemberRules.RequireAdmin(await RoleOfAsync(db, actor, cancellationToken));
        var organisation = await db.Organisations.SingleAsync(o => o.Account == actor.Account, cancellationToken);
        var before = organisation.Name;
        organisation.Name = name.Trim();
        await db.SaveChangesAsync(cancellationToken);
        await _audit.RecordAsync(MemberAudit.OfName(actor, before, organisation.Name), CancellationToken.None);
    }

    /// <exception cref="RefusedException">ResourceNotFound: the actor does not belong to the organisation, as if there were none. AccessDenied:
    /// it is no person, who alone has a role.</exception>
    internal static async Task<OrganisationRole> RoleOfAsync(AccountsDb db, Principal actor, CancellationToken cancellationToken)
    {
        if (actor.Actor is not ActorKind.Person)
            throw new RefusedException(RefusalCode.AccessDenied, "Only people handle the people of an organisation.");
        return await db.Memberships.Where(m => m.Account == actor.Account && m.PersonId == actor.ActorId).Select(m => (OrganisationRole?)m.Role)
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException(RefusalCode.ResourceNotFound, "There is no such organisation, or you do not belong to it.");
    }

    /// <summary>Until the transaction ends, nobody else changes who belongs to the organisation: two owners could remove each other.</summary>
    internal static Task<int> LockAsync(AccountsDb db, string account, CancellationToken cancellationToken) =>
        db.Organisations.Where(o => o.Account == account).ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, x => x.Name), cancellationToken);

    private static async Task<MembershipRecord> FindAsync(AccountsDb db, string account, string personId, CancellationToken cancellationToken) =>
        await db.Memberships.SingleOrDefaultAsync(m => m.Account == account && m.PersonId == personId, cancellationToken)
        ?? throw new RefusedException(RefusalCode.ResourceNotFound, "They do not belong to this organisation any more.");

    private static Task<int> OwnersAsync(AccountsDb db, string account, CancellationToken cancellationToken) =>
        db.Memberships.CountAsync(m => m.Account == account && m.Role == OrganisationRole.Owner, cancellationToken);
}
