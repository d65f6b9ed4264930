using Microsoft.AspNetCore.Identity;

namespace Kindred.Identity.Accounts;

/// <summary>What Identity has to say against an account, in sentences for the person in front of it.</summary>
public static class AccountFaults
{
    public static IReadOnlyList<string> Of(IdentityResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        // The user name is the mail address: one sentence is enough.
        return [.. result.Errors.Where(e => e.Code is not nameof(IdentityErrorDescriber.DuplicateUserName)).Select(Sentence)];
    }

    private static string Sentence(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateEmail) => "There is an account with this mail address already. Sign in instead.",
        nameof(IdentityErrorDescriber.PasswordTooShort) => $"The password needs at least {AccountRules.MinPasswordLength} characters. A sentence is fine.",
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => "The password repeats too few characters.",
        nameof(IdentityErrorDescriber.PasswordMismatch) => "The present password is not right.",
        nameof(IdentityErrorDescriber.InvalidToken) => "This link has been used, or is too old.",
        _ => error.Description,
    };
}
