using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Accounts;
using Kindred.Identity.Tokens;

namespace Kindred.Identity.Applications;

/// <summary>What an application may be, as pure functions.</summary>
internal static class ApplicationRules
{
    public const int MostOfAnOrganisation = 100;
    private const int MostRedirects = 10;
    private const int MaxRedirectLength = 2048;

    /// <exception cref="RefusedException">A value has another form, or is more than its maker has.</exception>
    public static void Check(Principal actor, NewApplication application)
    {
        if (application.Name.Trim() is not { Length: > 0 and <= AccountLimits.NameLength } name || name.Any(char.IsControl))
            throw Invalid($"The application needs a name of 1 to {AccountLimits.NameLength} characters.");
        if (application.Scopes is AccessScopes.None || (application.Scopes & ~TokenClaims.Grantable) != 0)
            throw Invalid($"An application needs scopes; it can have {string.Join(", ", ScopeNames.List(TokenClaims.Grantable))}.");
        if ((application.Scopes & ~actor.Scopes) is not AccessScopes.None and var excess)
        {
            throw new RefusedException(RefusalCode.AccessDenied,
                $"You cannot give an application scopes that you lack: {string.Join(", ", ScopeNames.List(excess))}.");
        }
        if (application.RedirectUris.Count > MostRedirects) throw Invalid($"An application can have {MostRedirects} redirect addresses at most.");
        foreach (var uri in application.RedirectUris)
            if (!IsRedirect(uri)) throw Invalid($"'{uri}' is no redirect address; expected https://…, or http://localhost for a program on one's own machine.");
    }

    private static bool IsRedirect(string text) =>
        text.Length <= MaxRedirectLength && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Fragment: "", UserInfo: "" }
        && (uri.Scheme is "https" || (uri.Scheme is "http" && uri.IsLoopback));

    private static RefusedException Invalid(string sentence) => new(RefusalCode.InvalidInput, sentence);
}
