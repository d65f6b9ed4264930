using System.Text.Json;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Refusals;
using Microsoft.EntityFrameworkCore;

namespace Kindred.Identity.Accounts;

/// <summary>Everybody with an account, for whoever operates the deployment: needs the scope <c>operator</c>. Changes are in the operator's own audit
/// trail.</summary>
public sealed class People
{
    private readonly IDbContextFactory<AccountsDb> _contexts;
    private readonly IAuditTrail _audit;
    private readonly TimeProvider _clock;

    internal People(IDbContextFactory<AccountsDb> contexts, IAuditTrail audit, TimeProvider clock) =>
        (_contexts, _audit, _clock) = (contexts, audit, clock);

    /// <param name="text">A part of the mail address or the name; empty for all.</param>
    /// <param name="most">Most people that are wanted.</param>
    /// <returns>In the order of their mail addresses.</returns>
    /// <exception cref="RefusedException">AccessDenied: the actor operates nothing.</exception>
    public async Task<IReadOnlyList<PersonReading>> ListAsync(Principal actor, string text, int most, CancellationToken cancellationToken = default)
    {
        Require(actor, "people:List");
        ArgumentNullException.ThrowIfNull(text);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var people = db.Users.AsNoTracking();
        if (text.Length > 0)
        {
            var upper = text.ToUpperInvariant();
            people = people.Where(p => p.NormalizedEmail!.Contains(upper) || p.Name.Contains(text));
        }
        var found = await people.OrderBy(p => p.NormalizedEmail).Take(most).Select(p => new
        {
            Person = p,
            HasPasskey = db.UserPasskeys.Any(passkey => passkey.UserId == p.Id),
            SeenAt = db.Sessions.Where(s => s.PersonId == p.Id).OrderByDescending(s => s.SeenAt).Select(s => (DateTimeOffset?)s.SeenAt).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        var ids = found.Select(f => f.Person.Id).ToArray();
        var organisations = (await db.Memberships.Where(m => ids.Contains(m.PersonId)).OrderBy(m => m.Organisation.Name)
            .Select(m => new { m.PersonId, m.Organisation.Name }).ToListAsync(cancellationToken)).ToLookup(m => m.PersonId, m => m.Name);
        var now = _clock.GetUtcNow();
        return [.. found.Select(f => new PersonReading(
            f.Person.Id, f.Person.DisplayName, f.Person.Email!, f.Person.IsOperator, f.Person.TwoFactorEnabled || f.HasPasskey,
            [.. organisations[f.Person.Id]], f.Person.CreatedAt, f.SeenAt,
            f.Person.LockoutEnd > now && !Suspension.Holds(f.Person.LockoutEnd) ? f.Person.LockoutEnd : null, Suspension.Holds(f.Person.LockoutEnd)))];
    }

    /// <summary>Signs somebody out everywhere, and keeps them out. What they belong to stays.</summary>
    /// <exception cref="RefusedException">AccessDenied: the actor operates nothing. InvalidInput: it is the actor. ResourceNotFound: there is no such
    /// person.</exception>
    public async Task SuspendAsync(Principal actor, string personId, CancellationToken cancellationToken = default)
    {
        Require(actor, "people:Suspend");
        if (personId == actor.ActorId)
            throw new RefusedException(RefusalCode.InvalidInput, "This is your own account: suspended, you could not take that back.");
        await ChangeAsync(actor, "people:Suspend", personId, person =>
        {
            person.LockoutEnd = Suspension.Until;
            person.LockoutEnabled = true;
            person.SecurityStamp = Guid.NewGuid().ToString("N"); // ends cookies, and tokens that programs act with in their name
        }, cancellationToken);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await db.Sessions.Where(s => s.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Lets somebody sign in again, after a suspension or too many wrong passwords.</summary>
    /// <inheritdoc cref="SuspendAsync" path="/exception"/>
    public async Task UnlockAsync(Principal actor, string personId, CancellationToken cancellationToken = default)
    {
        Require(actor, "people:Unlock");
        await ChangeAsync(actor, "people:Unlock", personId, person => (person.LockoutEnd, person.AccessFailedCount) = (null, 0), cancellationToken);
    }

    private async Task ChangeAsync(Principal actor, string action, string personId, Action<Person> change, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var person = await db.Users.SingleOrDefaultAsync(p => p.Id == personId, cancellationToken)
            ?? throw new RefusedException(RefusalCode.ResourceNotFound, "There is no such person.");
        change(person);
        person.ConcurrencyStamp = Guid.NewGuid().ToString();
        await db.SaveChangesAsync(cancellationToken);
        await _audit.RecordAsync(
            AuditEvent.By(actor, action, personId) with { After = JsonSerializer.Serialize(new { email = person.Email }) }, CancellationToken.None);
    }

    private static void Require(Principal actor, string action)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(AccessScopes.Operator, action);
    }
}
