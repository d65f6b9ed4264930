using Kindred.Contracts.Refusals;
using Kindred.Identity.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Kindred.Identity.Organisations;

/// <summary>The people of an organisation. Every method checks what whoever acts is there at that moment.</summary>
public sealed class Members
{
    private readonly IDbContextFactory<AccountsDb> _contexts;

    internal Members(IDbContextFactory<AccountsDb> contexts) => _contexts = contexts;

    /// <returns>The members, owners first, then by name; up to 1,000.</returns>
    /// <exception cref="RefusedException">ResourceNotFound: the actor does not belong to the organisation.</exception>
    public async Task<IReadOnlyList<Member>> ListAsync(string actorId, string account, CancellationToken cancellationToken = default)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await RoleOfAsync(db, actorId, account, cancellationToken);
        var members = await db.Memberships.Where(m => m.Account == account)
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
    public async Task ChangeRoleAsync(
        string actorId, string account, string personId, OrganisationRole role, CancellationToken cancellationToken = default)
    {
        if (!Enum.IsDefined(role)) throw new RefusedException(RefusalCode.InvalidInput, $"There is no role {(int)role}.");
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(db, account, cancellationToken);
        var actor = await RoleOfAsync(db, actorId, account, cancellationToken);
        var member = await FindAsync(db, account, personId, cancellationToken);
        MemberRules.MayChange(actor, member.Role, role, await OwnersAsync(db, account, cancellationToken));
        member.Role = role;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Takes somebody out of the organisation; whoever acts may take themselves out.</summary>
    /// <inheritdoc cref="ChangeRoleAsync" path="/exception"/>
    public async Task RemoveAsync(string actorId, string account, string personId, CancellationToken cancellationToken = default)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(db, account, cancellationToken);
        var actor = await RoleOfAsync(db, actorId, account, cancellationToken);
        var member = await FindAsync(db, account, personId, cancellationToken);
        MemberRules.MayRemove(actor, member.Role, actorId == personId, await OwnersAsync(db, account, cancellationToken));
        db.Memberships.Remove(member);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Gives the organisation another name.</summary>
    /// <exception cref="RefusedException">The actor is below an admin, or the name is none.</exception>
    public async Task RenameAsync(string actorId, string account, string name, CancellationToken cancellationToken = default)
    {
        if (OrganisationNames.Fault(name) is { } fault) throw new RefusedException(RefusalCode.InvalidInput, fault);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        MemberRules.RequireAdmin(await RoleOfAsync(db, actorId, account, cancellationToken));
        var trimmed = name.Trim();
        await db.Organisations.Where(o => o.Account == account).ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, trimmed), cancellationToken);
    }

    /// <exception cref="RefusedException">ResourceNotFound: they do not belong to the organisation, as if there were none.</exception>
    internal static async Task<OrganisationRole> RoleOfAsync(AccountsDb db, string personId, string account, CancellationToken cancellationToken) =>
        await db.Memberships.Where(m => m.Account == account && m.PersonId == personId).Select(m => (OrganisationRole?)m.Role)
            .SingleOrDefaultAsync(cancellationToken)
        ?? throw new RefusedException(RefusalCode.ResourceNotFound, "There is no such organisation, or you do not belong to it.");

    /// <summary>Until the transaction ends, nobody else changes who belongs to the organisation: two owners could remove each other.</summary>
    internal static Task<int> LockAsync(AccountsDb db, string account, CancellationToken cancellationToken) =>
        db.Organisations.Where(o => o.Account == account).ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, x => x.Name), cancellationToken);

    private static async Task<MembershipRecord> FindAsync(AccountsDb db, string account, string personId, CancellationToken cancellationToken) =>
        await db.Memberships.SingleOrDefaultAsync(m => m.Account == account && m.PersonId == personId, cancellationToken)
        ?? throw new RefusedException(RefusalCode.ResourceNotFound, "They do not belong to this organisation any more.");

    private static Task<int> OwnersAsync(AccountsDb db, string account, CancellationToken cancellationToken) =>
        db.Memberships.CountAsync(m => m.Account == account && m.Role == OrganisationRole.Owner, cancellationToken);
}
