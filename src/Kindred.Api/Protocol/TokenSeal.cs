using System.Security.Cryptography;
using Kindred.Operations;
using Microsoft.AspNetCore.DataProtection;

namespace Kindred.Api.Protocol;

/// <summary>Seals tokens with the deployment's data protection keys.</summary>
internal sealed class TokenSeal(IDataProtectionProvider protection) : ITokenSeal
{
    private readonly IDataProtector _protector = protection.CreateProtector("Kindred.PageTokens.v1");

    public string Seal(string text) => _protector.Protect(text);

    public string? Open(string token)
    {
        try
        {
            return _protector.Unprotect(token);
        }
        catch (Exception notOurs) when (notOurs is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
