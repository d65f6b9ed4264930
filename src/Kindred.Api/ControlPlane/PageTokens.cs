using System.Security.Cryptography;
using Kindred.Contracts.Refusals;
using Microsoft.AspNetCore.DataProtection;

namespace Kindred.Api.ControlPlane;

/// <summary>
/// Tokens that say where a list goes on. They are sealed, and good for the same list of the same tenant only: a client can
/// neither make one up nor carry it elsewhere.
/// </summary>
internal sealed class PageTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Kindred.PageTokens.v1");

    /// <param name="list">What is listed, for whom: everything but the place in it.</param>
    /// <param name="afterKey">The last key of the page.</param>
    public string Seal(string list, string afterKey) => _protector.Protect($"{list}\n{afterKey}");

    /// <returns>The last key of the page before, or null for the first page.</returns>
    /// <exception cref="RefusedException"><see cref="RefusalCode.InvalidNextToken"/></exception>
    public string? Open(string list, string? token)
    {
        if (string.IsNullOrEmpty(token)) return null;
        try
        {
            var text = _protector.Unprotect(token);
            if (text.StartsWith(list + "\n", StringComparison.Ordinal)) return text[(list.Length + 1)..];
        }
        catch (Exception notOurs) when (notOurs is CryptographicException or FormatException)
        {
            // Falls through to the same refusal as a token of another list: which of the two it was helps only a forger.
        }

        throw new RefusedException(RefusalCode.InvalidNextToken, "The nextToken is not one that this list returned. Start again without it.");
    }
}
