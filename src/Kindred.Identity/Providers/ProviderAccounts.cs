using System.Security.Claims;
using Kindred.Identity.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Kindred.Identity.Providers;

/// <summary>Whose account somebody has who came by the other provider for the first time.</summary>
internal sealed class ProviderAccounts(UserManager<Person> people, TimeProvider clock)
{
    /// <returns>A new account, which belongs nowhere yet; or the one with their mail address, if the provider has verified it. Null when there is
    /// one and it has not: anybody could give that address there. Null as well when the provider says no address.</returns>
    public async Task<Person?> FindOrMakeAsync(ExternalLoginInfo login)
    {
        if (login.Principal.FindFirstValue("email") is not { Length: > 0 and <= AccountLimits.EmailLength } email) return null;
        var isVerified = login.Principal.FindFirstValue("email_verified") is { } verified && bool.TryParse(verified, out var yes) && yes;
        if (await people.FindByEmailAsync(email) is { } known)
        {
            if (!isVerified) return null;
            if (!known.EmailConfirmed) await TakeOverAsync(known);
            return (await people.AddLoginAsync(known, login)).Succeeded ? known : null;
        }
        var name = login.Principal.FindFirstValue("name") ?? "";
        var person = new Person
        {
            UserName = email, Email = email, EmailConfirmed = isVerified, CreatedAt = clock.GetUtcNow(),
            Name = name.Length > AccountLimits.NameLength ? name[..AccountLimits.NameLength] : name,
        };
        if (!(await people.CreateAsync(person)).Succeeded) return null;
        return (await people.AddLoginAsync(person, login)).Succeeded ? person : null;
    }

    /// <summary>Whoever made the account never proved that the address is theirs. It stays; their password, passkeys and sessions do not.</summary>
    private async Task TakeOverAsync(Person known)
    {
        foreach (var passkey in await people.GetPasskeysAsync(known)) await people.RemovePasskeyAsync(known, passkey.CredentialId);
        known.TwoFactorEnabled = false;
        known.EmailConfirmed = true;
        await people.RemovePasswordAsync(known);
        await people.UpdateSecurityStampAsync(known);
    }
}
