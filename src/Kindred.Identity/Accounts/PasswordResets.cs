using System.Buffers.Text;
using System.Text;
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

    internal PasswordResets(UserManager<Person> people, Mailer mailer) => (_people, _mailer) = (people, mailer);

    /// <summary>Whether people can have a link sent to them.</summary>
    public bool AreMailed => _mailer.IsSet;

    /// <summary>Mails a link, if there is such an account. Nobody learns whether there is.</summary>
    public async Task MailAsync(string email, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(email);
        if (!AreMailed || await _people.FindByEmailAsync(email.Trim()) is not { } person) return;
        await _mailer.SendLinkAsync(person.Email!, "Choose a new password for Kindred",
            "Somebody asked for a new password of your Kindred account. If it was not you, leave this mail alone. The link works once, for a day.",
            await MakeAsync(person), cancellationToken);
    }

    /// <summary>Makes a link for somebody, to be passed on by hand: whoever has it has the account.</summary>
    /// <param name="operatorId">Who asks. Owners of organisations may not: a person may belong to others, too.</param>
    /// <returns>The link's path.</returns>
    /// <exception cref="RefusedException">Who asks is no operator, or there is no such account.</exception>
    public async Task<string> MakeAsync(string operatorId, string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        if (await _people.FindByIdAsync(operatorId) is not { IsOperator: true })
            throw new RefusedException(RefusalCode.AccessDenied, "Only whoever runs the deployment can do this.");
        return await _people.FindByEmailAsync(email.Trim()) is { } person
            ? await MakeAsync(person)
            : throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no account with the mail address '{email}'.");
    }

    /// <summary>Whether a link still works.</summary>
    public async Task<bool> FitsAsync(string? personId, string? token) =>
        Read(token) is { } code && personId is not null && await _people.FindByIdAsync(personId) is { } person
        && await _people.VerifyUserTokenAsync(person, _people.Options.Tokens.PasswordResetTokenProvider, UserManager<Person>.ResetPasswordTokenPurpose, code);

    /// <summary>Sets a new password. Every session of the person ends, and a lock-out too.</summary>
    /// <returns>What is wrong, a sentence each; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> ResetAsync(string? personId, string? token, string password)
    {
        if (Read(token) is not { } code || personId is null || await _people.FindByIdAsync(personId) is not { } person)
            return ["This link has been used, or is too old."];
        var result = await _people.ResetPasswordAsync(person, code, password);
        if (!result.Succeeded) return AccountFaults.Of(result);
        await _people.SetLockoutEndDateAsync(person, null);
        await _people.ResetAccessFailedCountAsync(person);
        return [];
    }

    private async Task<string> MakeAsync(Person person)
    {
        var code = await _people.GeneratePasswordResetTokenAsync(person);
        return $"{Path}?person={Uri.EscapeDataString(person.Id)}&token={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(code))}";
    }

    private static string? Read(string? token)
    {
        if (token is not { Length: > 0 and <= LocalUrl.MaxLength } || !Base64Url.IsValid(token)) return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
    }
}
