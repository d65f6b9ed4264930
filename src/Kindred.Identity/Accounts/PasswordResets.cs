using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Mail;
using Kindred.Identity.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kindred.Identity.Accounts;

/// <summary>Links by which somebody chooses a new password. They are mailed; where no mail is sent, an operator makes one and passes it on.</summary>
public sealed class PasswordResets
{
    public const string Path = "/account/reset-password";

    private readonly UserManager<Person> _people;
    private readonly Mailer _mailer;
    private readonly IAuditTrail _audit;

    internal PasswordResets(UserManager<Person> people, Mailer mailer, IAuditTrail audit) => (_people, _mailer, _audit) = (people, mailer, audit);

    /// <summary>Whether people can have a link sent to them.</summary>
    public bool AreMailed => _mailer.IsSet;

    /// <summary>Mails a link, if there is such an account. Nobody learns whether there is.</summary>
    public async Task MailAsync(string email, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(email);
        if (!AreMailed || await _people.FindByEmailAsync(email.Trim()) is not { } person) return;
        await _mailer.SendLinkAsync(person.Email!, "Choose a new password for Kindred",
            "Somebody asked for a new password of your Kindred account. If it was not you, leave this mail alone. The link works once, for a day.",
            await PathAsync(_people, person), cancellationToken);
    }

    /// <summary>Makes a link for somebody, to be passed on by hand: whoever has it has the account.</summary>
    /// <param name="actor">Who asks; needs the scope <c>operator</c>. Owners of organisations may not: a person may belong to others, too.</param>
    /// <returns>The link's path.</returns>
    /// <exception cref="RefusedException">Who asks is no operator, or there is no such account.</exception>
    public async Task<string> MakeAsync(Principal actor, string email)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(email);
        actor.Require(AccessScopes.Operator, "people:ResetPassword");
        if (await _people.FindByEmailAsync(email.Trim()) is not { } person)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no account with the mail address '{email}'.");
        var path = await PathAsync(_people, person);
        await _audit.RecordAsync(
            AuditEvent.By(actor, "people:ResetPassword", person.Id) with { After = JsonSerializer.Serialize(new { email = person.Email }) });
        return path;
    }

    /// <summary>Whether a link still works.</summary>
    public async Task<bool> FitsAsync(string? personId, string? token) =>
        Read(token) is { } code && personId is not null && await _people.FindByIdAsync(personId) is { } person
        && await _people.VerifyUserTokenAsync(person, _people.Options.Tokens.PasswordResetTokenProvider, UserManager<Person>.ResetPasswordTokenPurpose, code);

    /// <summary>Sets a new password. Every session of the person ends, and a lock-out too; a suspension stays.</summary>
    /// <returns>What is wrong, a sentence each; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> ResetAsync(string? personId, string? token, string password)
    {
        if (Read(token) is not { } code || personId is null || await _people.FindByIdAsync(personId) is not { } person)
            return ["This link has been used, or is too old."];
        var result = await _people.ResetPasswordAsync(person, code, password);
        if (!result.Succeeded) return AccountFaults.Of(result);
        if (!Suspension.Holds(person.LockoutEnd)) await _people.SetLockoutEndDateAsync(person, null);
        await _people.ResetAccessFailedCountAsync(person);
        return [];
    }

    internal static async Task<string> PathAsync(UserManager<Person> people, Person person)
    {
        var code = await people.GeneratePasswordResetTokenAsync(person);
        return $"{Path}?person={Uri.EscapeDataString(person.Id)}&token={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(code))}";
    }

    private static string? Read(string? token)
    {
        if (token is not { Length: > 0 and <= LocalUrl.MaxLength } || !Base64Url.IsValid(token)) return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
    }
}
