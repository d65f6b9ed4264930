using System.Net.Mail;
using System.Security.Cryptography;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Accounts;
using Kindred.Identity.Mail;
using Microsoft.EntityFrameworkCore;

namespace Kindred.Identity.Organisations;

/// <summary>
/// Links by which people join an organisation. Whoever made one may pass it on by hand; it is for one mail address, works once, and ends
/// after a week.
/// </summary>
public sealed class Invitations
{
    public const string Path = "/account/invitation";
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);
    internal const int MostMembers = 1000;
    private const int MostOfAnOrganisation = 100;

    private readonly IDbContextFactory<AccountsDb> _contexts;
    private readonly Mailer _mailer;
    private readonly IAuditTrail _audit;
    private readonly TimeProvider _clock;

    internal Invitations(IDbContextFactory<AccountsDb> contexts, Mailer mailer, IAuditTrail audit, TimeProvider clock) =>
        (_contexts, _mailer, _audit, _clock) = (contexts, mailer, audit, clock);

    /// <summary>Makes a link, and mails it where mails are sent. An invitation of the same address from before ends.</summary>
    /// <exception cref="RefusedException">The actor may not give that role, the address is none, or they belong to the organisation already.</exception>
    public async Task<MadeInvitation> MakeAsync(
        Principal actor, string email, OrganisationRole role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(email);
        email = email.Trim();
        if (email.Length > AccountLimits.EmailLength || !MailAddress.TryCreate(email, out var address) || address.Address != email)
            throw new RefusedException(RefusalCode.InvalidInput, $"'{email}' is not a mail address.");
        if (!Enum.IsDefined(role)) throw new RefusedException(RefusalCode.InvalidInput, $"There is no role {(int)role}.");
        var secret = LinkSecrets.Make();
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var invitation = await SaveAsync(db, actor, email, role, LinkSecrets.Hash(secret), cancellationToken);
        await _audit.RecordAsync(MemberAudit.Of(actor, "members:Invite", invitation, null, role, email), CancellationToken.None);
        var path = $"{Path}?token={secret}";
        var organisation = await db.Organisations.Where(o => o.Account == actor.Account).Select(o => o.Name).SingleAsync(cancellationToken);
        var isMailed = _mailer.IsSet && await _mailer.SendLinkAsync(
            email, $"Join {organisation} on Kindred", $"You are invited to join {organisation} on Kindred. The link works once, for a week.", path, cancellationToken);
        return new MadeInvitation(invitation, path, isMailed);
    }

    /// <returns>The organisation's invitations that nobody has taken, the newest first.</returns>
    /// <exception cref="RefusedException">The actor is below an admin.</exception>
    public async Task<IReadOnlyList<Invitation>> ListAsync(Principal actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        MemberRules.RequireAdmin(await Members.RoleOfAsync(db, actor, cancellationToken));
        var now = _clock.GetUtcNow();
        return await Describe(db, db.Invitations.Where(i => i.Account == actor.Account && i.ExpiresAt > now).OrderByDescending(i => i.CreatedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends an invitation; nothing happens when there is none.</summary>
    /// <exception cref="RefusedException">The actor is below an admin, or it is an owner's and they are none.</exception>
    public async Task WithdrawAsync(Principal actor, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var role = await Members.RoleOfAsync(db, actor, cancellationToken);
        MemberRules.RequireAdmin(role);
        var found = await db.Invitations.SingleOrDefaultAsync(i => i.Account == actor.Account && i.Id == id, cancellationToken);
        if (found is null) return;
        MemberRules.MayInvite(role, found.Role);
        await db.Invitations.Where(i => i.Id == id).ExecuteDeleteAsync(cancellationToken);
        await _audit.RecordAsync(MemberAudit.Of(actor, "members:WithdrawInvitation", id, found.Role, null, found.Email), CancellationToken.None);
    }

    /// <returns>What a link invites to; null when it has been used or withdrawn, or is too old.</returns>
    public async Task<Invitation?> FindAsync(string? secret, CancellationToken cancellationToken = default)
    {
        if (secret is not { Length: LinkSecrets.Length }) return null;
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        return await Describe(db, Open(db, secret)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Takes an invitation for somebody who has an account.</summary>
    /// <param name="origin">The address that they act from; null where nobody said it.</param>
    /// <returns>The organisation's account.</returns>
    /// <exception cref="RefusedException">The link does not work any more, or is for somebody else.</exception>
    public async Task<string> AcceptAsync(string secret, string personId, string? origin, CancellationToken cancellationToken = default)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var person = await db.Users.SingleAsync(p => p.Id == personId, cancellationToken);
        var account = await AcceptAsync(db, secret, person, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await RecordJoinedAsync(db, account, personId, origin);
        return account;
    }

    /// <summary>Likewise, in a transaction of the caller's.</summary>
    internal async Task<string> AcceptAsync(AccountsDb db, string secret, Person person, CancellationToken cancellationToken)
    {
        var invitation = secret is { Length: LinkSecrets.Length } ? await Open(db, secret).SingleOrDefaultAsync(cancellationToken) : null;
        if (invitation is null || await db.Invitations.Where(i => i.Id == invitation.Id).ExecuteDeleteAsync(cancellationToken) != 1)
            throw new RefusedException(RefusalCode.ResourceNotFound, "This invitation has been used or withdrawn, or is too old. Ask for another one.");
        if (!string.Equals(invitation.Email, person.Email, StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(RefusalCode.AccessDenied, $"This invitation is for {invitation.Email}; you are signed in as {person.Email}.");
        if (await db.Memberships.CountAsync(m => m.Account == invitation.Account, cancellationToken) >= MostMembers)
            throw new RefusedException(RefusalCode.LimitExceeded, $"The organisation has {MostMembers} members, and can have no more.");
        if (!await db.Memberships.AnyAsync(m => m.Account == invitation.Account && m.PersonId == person.Id, cancellationToken))
        {
            db.Memberships.Add(new MembershipRecord
            {
                Account = invitation.Account, PersonId = person.Id, Role = invitation.Role, JoinedAt = _clock.GetUtcNow(),
            });
            await db.SaveChangesAsync(cancellationToken);
        }
        return invitation.Account;
    }

    internal async Task RecordJoinedAsync(AccountsDb db, string account, string personId, string? origin)
    {
        var role = await db.Memberships.Where(m => m.Account == account && m.PersonId == personId).Select(m => m.Role).SingleAsync();
        var joined = Principal.OfPerson(account, personId, RoleScopes.Of(role)).From(origin);
        await _audit.RecordAsync(MemberAudit.Of(joined, "members:Join", personId, null, role), CancellationToken.None);
    }

    private async Task<string> SaveAsync(
        AccountsDb db, Principal actor, string email, OrganisationRole role, byte[] secretHash, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var account = actor.Account;
        await Members.LockAsync(db, account, cancellationToken);
        MemberRules.MayInvite(await Members.RoleOfAsync(db, actor, cancellationToken), role);
        var normalized = email.ToUpperInvariant();
        if (await db.Memberships.AnyAsync(m => m.Account == account && m.Person.NormalizedEmail == normalized, cancellationToken))
            throw new RefusedException(RefusalCode.ResourceAlreadyExists, $"{email} belongs to the organisation already.");
        var now = _clock.GetUtcNow();
        var open = await db.Invitations.Where(i => i.Account == account).ToListAsync(cancellationToken);
        var ended = open.Where(i => i.ExpiresAt <= now || i.Email.Equals(email, StringComparison.OrdinalIgnoreCase)).ToList();
        db.Invitations.RemoveRange(ended);
        if (open.Count - ended.Count >= MostOfAnOrganisation)
            throw new RefusedException(RefusalCode.LimitExceeded, $"{MostOfAnOrganisation} invitations are open; withdraw some, or wait until they are taken.");
        var invitation = new InvitationRecord
        {
            Id = RandomNumberGenerator.GetHexString(16, lowercase: true), Account = account, Email = email, Role = role, SecretHash = secretHash,
            InvitedBy = actor.ActorId, CreatedAt = now, ExpiresAt = now + KeptFor,
        };
        db.Invitations.Add(invitation);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return invitation.Id;
    }

    private IQueryable<InvitationRecord> Open(AccountsDb db, string secret)
    {
        var (hash, now) = (LinkSecrets.Hash(secret), _clock.GetUtcNow());
        return db.Invitations.AsNoTracking().Where(i => i.SecretHash == hash && i.ExpiresAt > now);
    }

    private static IQueryable<Invitation> Describe(AccountsDb db, IQueryable<InvitationRecord> invitations) => invitations.Select(i => new Invitation(
        i.Id, i.Account, i.Organisation.Name, i.Email, i.Role,
        db.Users.Where(p => p.Id == i.InvitedBy).Select(p => p.Name != "" ? p.Name : p.Email!).SingleOrDefault() ?? "",
        i.CreatedAt, i.ExpiresAt));
}
