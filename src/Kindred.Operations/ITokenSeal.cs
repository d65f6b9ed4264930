namespace Kindred.Operations;

/// <summary>Makes text that leaves the service unreadable, and recognises it when it comes back.</summary>
public interface ITokenSeal
{
    string Seal(string text);

    /// <returns>The text, or null for a token that was not sealed here.</returns>
    string? Open(string token);
}
