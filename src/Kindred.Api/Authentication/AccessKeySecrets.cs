using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Kindred.Api.Authentication;

/// <summary>Encrypts secrets before they leave the door for storage. A signature can only be verified with the secret itself.</summary>
internal sealed class AccessKeySecrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Kindred.AccessKeys.v1");

    public string Protect(string secret) => _protector.Protect(secret);

    /// <exception cref="InvalidOperationException">The key ring is not the one that the secret was protected with.</exception>
    public string Unprotect(string keyId, string protectedSecret)
    {
        try
        {
            return _protector.Unprotect(protectedSecret);
        }
        catch (CryptographicException error)
        {
            throw new InvalidOperationException(
                $"The secret of access key '{keyId}' cannot be decrypted: the data protection keys are not those it was issued with.", error);
        }
    }
}
