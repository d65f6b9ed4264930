using Kindred.Contracts.Refusals;

namespace Kindred.Operations.ControlPlane;

/// <summary>
/// Tokens that say where a list goes on. They are sealed, and good for the same list of the same tenant only: a client can
/// neither make one up nor carry it elsewhere.
/// </summary>
internal sealed class PageTokens(ITokenSeal seal)
{
    /// <param name="list">What is listed, for whom: everything but the place in it.</param>
    /// <param name="afterKey">The last key of the page.</param>
    public string Seal(string list, string afterKey) => seal.Seal($"{list}\n{afterKey}");

    /// <returns>The last key of the page before, or null for the first page.</returns>
    /// <exception cref="RefusedException"><see cref="RefusalCode.InvalidNextToken"/></exception>
    public string? Open(string list, string? token)
    {
        if (string.IsNullOrEmpty(token)) return null;
        // A token that is not ours and one of another list get the same refusal: which of the two it was helps only a forger.
        return seal.Open(token) is { } text && text.StartsWith(list + "\n", StringComparison.Ordinal)
            ? text[(list.Length + 1)..]
            : throw new RefusedException(RefusalCode.InvalidNextToken,
                "The nextToken is not one that this list returned. Start again without it.");
    }
}
