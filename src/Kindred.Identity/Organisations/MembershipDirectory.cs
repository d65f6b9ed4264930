using Kindred.Contracts.Access;
using Kindred.Identity.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Kindred.Identity.Organisations;

/// <summary>Reads memberships from the accounts' database each time: one lookup by key.</summary>
internal sealed class MembershipDirectory(IDbContextFactory<AccountsDb> contexts) : IMembershipDirectory
{
    public async Task<IReadOnlyList<Membership>> ListAsync(string personId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Memberships.Where(m => m.PersonId == personId)
            .OrderBy(m => m.Organisation.Name).ThenBy(m => m.Account)
            .Select(m => new Membership(m.Account, m.Organisation.Name, m.Role)).ToListAsync(cancellationToken);
    }

    public async Task<Principal?> FindPrincipalAsync(string personId, string account, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var member = await db.Memberships.Where(m => m.Account == account && m.PersonId == personId)
            .Select(m => new { m.Role, m.Person.IsOperator, m.Person.LockoutEnd }).SingleOrDefaultAsync(cancellationToken);
        if (member is null || Suspension.Holds(member.LockoutEnd)) return null; // a page may be open still
        var scopes = RoleScopes.Of(member.Role) | (member.IsOperator ? AccessScopes.Operator : AccessScopes.None);
        return Principal.OfPerson(account, personId, scopes);
    }
}
