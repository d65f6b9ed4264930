using Microsoft.AspNetCore.Identity;

namespace Kindred.Identity.Accounts;

/// <summary>What an account must be like, and how often it may be guessed at.</summary>
internal static class AccountRules
{
    /// <summary>Length is what makes a password hard to guess; rules about its characters make it hard to remember (NIST SP 800-63B, 3.1.1).</summary>
    public const int MinPasswordLength = 10;

    public static void Apply(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3; // the first that has passkeys
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = ""; // user names are mail addresses, whose form is checked as such
        options.Password.RequiredLength = MinPasswordLength;
        options.Password.RequiredUniqueChars = 4;
        options.Password.RequireDigit = options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        options.Tokens.AuthenticatorIssuer = "Kindred";
    }
}
