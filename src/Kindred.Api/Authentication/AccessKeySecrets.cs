using System.Globalization;
using System.Security.Cryptography;
using Kindred.Contracts.Access;
using Microsoft.AspNetCore.DataProtection;

namespace Kindred.Api.Authentication;

/// <summary>
/// Encrypts secrets before they leave the door for storage. A signature can only be verified with the secret itself. Each is bound to its
/// key's id, account and scopes: copied into another key's row, or into its own with more scopes, it does not open.
/// </summary>
internal sealed class AccessKeySecrets(IDataProtectionProvider provider)
{
    private const string BoundMark = "2.";

    // Releases before this one protected all secrets alike.
    private readonly IDataProtector _unbound = provider.CreateProtector("Kindred.AccessKeys.v1");

    public static bool IsBound(AccessKeyState key) => key.ProtectedSecret.StartsWith(BoundMark, StringComparison.Ordinal);

    public string Protect(string secret, string keyId, string account, AccessScopes scopes) =>
        BoundMark + Protector(keyId, account, scopes).Protect(secret);

    /// <exception cref="CryptographicException">
    /// The secret is another key's, or its key was changed, or the key ring is not the one that it was protected with.
    /// </exception>
    public string Unprotect(string keyId, AccessKeyState key) => IsBound(key)
        ? Protector(keyId, key.Account, key.Scopes).Unprotect(key.ProtectedSecret[BoundMark.Length..])
        : throw new CryptographicException("The secret is not bound to its key.");

    /// <summary>The secret of a key as earlier releases stored it, bound from now on.</summary>
    /// <returns>Null when the key ring is not the one that it was protected with.</returns>
    public string? TryBind(string keyId, AccessKeyState key)
    {
        try
        {
            return Protect(_unbound.Unprotect(key.ProtectedSecret), keyId, key.Account, key.Scopes);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string keyId, string account, AccessScopes scopes) => provider.CreateProtector(
        "Kindred.AccessKeys.v2", keyId, account, ((int)scopes).ToString(CultureInfo.InvariantCulture));
}
