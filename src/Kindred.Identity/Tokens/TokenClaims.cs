using System.Security.Cryptography;
using System.Text;
using Kindred.Contracts.Access;
using Kindred.Identity.Accounts;

namespace Kindred.Identity.Tokens;

/// <summary>What our tokens say beside what every token does.</summary>
internal static class TokenClaims
{
    /// <summary>Whom our access tokens are for.</summary>
    public const string Audience = "kindred";
    /// <summary>The tenant in whose name the bearer acts.</summary>
    public const string Account = "kindred_account";
    /// <summary>By what the person signed in; another one ends the token.</summary>
    public const string Stamp = "kindred_stamp";

    /// <summary>Scopes that a token can have. Running the deployment is for people in front of the portal.</summary>
    public const AccessScopes Grantable = AccessScopes.Tenant;

    /// <summary>A mark of whatever the person signs in with, from which nothing of it can be told.</summary>
    public static string StampOf(string? securityStamp) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(securityStamp ?? "")).AsSpan(0, 8));

    public static string StampOf(Person person) => StampOf(person.SecurityStamp);

    /// <summary>Those of the names that are scopes of ours.</summary>
    public static AccessScopes Scopes(IEnumerable<string> names)
    {
        var scopes = AccessScopes.None;
        foreach (var name in names)
            if (ScopeNames.TryParse(name, out var scope)) scopes |= scope;
        return scopes & Grantable;
    }
}
