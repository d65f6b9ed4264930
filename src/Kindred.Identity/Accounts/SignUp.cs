using System.Net.Mail;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Organisations;
using Kindred.Identity.Starting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kindred.Identity.Accounts;

/// <summary>Makes accounts, each in an organisation: by the start link, or by signing up.</summary>
public sealed class SignUp
{
    private readonly AccountsDb _db;
    private readonly UserManager<Person> _people;
    private readonly StartLinks _links;
    private readonly IFirstTenant _first;
    private readonly ITenantRegistry _tenants;
    private readonly Invitations _invitations;
    private readonly IAuditTrail _audit;
    private readonly AccountsOptions _options;
    private readonly TimeProvider _clock;

    internal SignUp(
        AccountsDb db, UserManager<Person> people, StartLinks links, IFirstTenant first, ITenantRegistry tenants, Invitations invitations,
        IAuditTrail audit, AccountsOptions options, TimeProvider clock)
    {
        (_db, _people, _links, _first, _tenants) = (db, people, links, first, tenants);
        (_invitations, _audit, _options, _clock) = (invitations, audit, options, clock);
    }

    /// <summary>Whether somebody without an invitation may make an account.</summary>
    public bool IsOpen => _options.SignUp is SignUpRule.Open;

    /// <summary>Whether a start link is the one that waits to be used.</summary>
    public Task<bool> FitsStartLinkAsync(string? secret, CancellationToken cancellationToken = default) => _links.FitsAsync(secret, cancellationToken);

    /// <summary>Makes an operator, who owns the first tenant's organisation. The link is used up by it, and by nothing less.</summary>
    /// <param name="origin">The address that they act from, for the audit trail; likewise below.</param>
    public async Task<MadeAccount> StartAsync(
        string? secret, NewAccount account, string organisation, string? origin, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (OrganisationNames.Fault(organisation) is { } fault) return MadeAccount.Refused(fault);
        await using var transaction = await _db.Database.BeginTransactionAsync(cancellationToken);
        if (!await _links.UseAsync(_db, secret, cancellationToken))
            return MadeAccount.Refused("This link has been used, or a newer one has been printed.");
        var made = await MakeAsync(account, isOperator: true);
        if (made.Person is not { } person) return made;
        if (await _db.Organisations.FindAsync([_first.Account], cancellationToken) is null)
            _db.Organisations.Add(NewOrganisation(_first.Account, organisation));
        _db.Memberships.Add(NewOwner(_first.Account, person));
        await _db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await RecordAsync(_first.Account, person, organisation, origin);
        return made;
    }

    /// <summary>Makes an account with an organisation and a tenant of its own.</summary>
    public async Task<MadeAccount> OpenAsync(
        NewAccount account, string organisation, string? origin, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!IsOpen) return MadeAccount.Refused("Accounts are made by invitation here.");
        if (OrganisationNames.Fault(organisation) is { } fault) return MadeAccount.Refused(fault);
        await using var transaction = await _db.Database.BeginTransactionAsync(cancellationToken);
        var made = await MakeAsync(account, isOperator: false);
        if (made.Person is not { } person) return made;
        var tenant = await MakeTenantAsync(person, organisation, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await RecordAsync(tenant, person, organisation, origin);
        return made;
    }

    /// <summary>
    /// Makes an organisation with a tenant of its own for somebody who has an account and belongs nowhere: who came by an outside provider, or
    /// was taken out of the last one.
    /// </summary>
    /// <returns>The tenant.</returns>
    /// <exception cref="RefusedException">AccessDenied: organisations are not made by everybody here. InvalidInput: the name is none, or they belong
    /// to an organisation.</exception>
    public async Task<string> FoundAsync(string personId, string organisation, string? origin, CancellationToken cancellationToken = default)
    {
        if (!IsOpen) throw new RefusedException(RefusalCode.AccessDenied, "Organisations are made by whoever runs the deployment here.");
        if (OrganisationNames.Fault(organisation) is { } fault) throw new RefusedException(RefusalCode.InvalidInput, fault);
        var person = await _people.FindByIdAsync(personId) ?? throw new RefusedException(RefusalCode.AccessDenied, "There is no such account any more.");
        if (await _db.Memberships.AnyAsync(m => m.PersonId == personId, cancellationToken))
            throw new RefusedException(RefusalCode.InvalidInput, "You belong to an organisation already. Load the page again.");
        var tenant = await MakeTenantAsync(person, organisation, cancellationToken);
        await RecordAsync(tenant, person, organisation, origin);
        return tenant;
    }

    /// <summary>Makes an account for whoever was invited, in the organisation of the invitation.</summary>
    /// <param name="secret">The secret of the invitation's link.</param>
    public async Task<MadeAccount> JoinAsync(
        string secret, string name, string password, string? origin, CancellationToken cancellationToken = default)
    {
        if (_options.SignUp is SignUpRule.None) return MadeAccount.Refused("New accounts are not made here. Ask whoever runs the deployment.");
        if (await _invitations.FindAsync(secret, cancellationToken) is not { } invitation)
            return MadeAccount.Refused("This invitation has been used or withdrawn, or is too old. Ask for another one.");
        await using var transaction = await _db.Database.BeginTransactionAsync(cancellationToken);
        var made = await MakeAsync(new NewAccount(invitation.Email, name, password), isOperator: false);
        if (made.Person is not { } person) return made;
        try
        {
            await _invitations.AcceptAsync(_db, secret, person, cancellationToken);
        }
        catch (RefusedException refused)
        {
            return MadeAccount.Refused(refused.Message); // and the account is not made either
        }
        await transaction.CommitAsync(cancellationToken);
        await _invitations.RecordJoinedAsync(_db, invitation.Account, person.Id, origin);
        return made;
    }

    /// <summary>Makes a person who belongs nowhere yet.</summary>
    private async Task<MadeAccount> MakeAsync(NewAccount account, bool isOperator)
    {
        var email = account.Email.Trim();
        if (email.Length > AccountLimits.EmailLength || !MailAddress.TryCreate(email, out var address) || address.Address != email)
            return MadeAccount.Refused("The mail address is not one.");
        var name = account.Name.Trim();
        if (name.Length > AccountLimits.NameLength) return MadeAccount.Refused($"The name can have {AccountLimits.NameLength} characters at most.");
        var person = new Person { UserName = email, Email = email, Name = name, IsOperator = isOperator, CreatedAt = _clock.GetUtcNow() };
        var result = await _people.CreateAsync(person, account.Password);
        return result.Succeeded ? new MadeAccount(person, []) : MadeAccount.Refused(AccountFaults.Of(result));
    }

    private async Task<string> MakeTenantAsync(Person person, string organisation, CancellationToken cancellationToken)
    {
        // A tenant whose making is not followed by an organisation has nobody in it, and holds nothing.
        var tenant = await _tenants.CreateAsync(organisation.Trim());
        _db.Organisations.Add(NewOrganisation(tenant, organisation));
        _db.Memberships.Add(NewOwner(tenant, person));
        await _db.SaveChangesAsync(cancellationToken);
        return tenant;
    }

    private Task RecordAsync(string account, Person person, string organisation, string? origin)
    {
        var owner = Principal.OfPerson(account, person.Id, RoleScopes.Of(OrganisationRole.Owner)).From(origin);
        return _audit.RecordAsync(MemberAudit.OfName(owner, null, organisation.Trim()), CancellationToken.None);
    }

    private OrganisationRecord NewOrganisation(string account, string name) =>
        new() { Account = account, Name = name.Trim(), CreatedAt = _clock.GetUtcNow() };

    private MembershipRecord NewOwner(string account, Person person) =>
        new() { Account = account, PersonId = person.Id, Role = OrganisationRole.Owner, JoinedAt = _clock.GetUtcNow() };
}
