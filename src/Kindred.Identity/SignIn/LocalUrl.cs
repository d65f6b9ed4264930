namespace Kindred.Identity.SignIn;

/// <summary>Where somebody goes after they have signed in: a page of this site, whatever the address bar said.</summary>
public static class LocalUrl
{
    public const int MaxLength = 2048;

    /// <returns>The url when it is a path of this site, else its first page: nothing with a scheme, a host, a backslash or a control
    /// character, which some browsers drop, is followed.</returns>
    public static string Of(string? url) =>
        url is { Length: <= MaxLength } and ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(c => char.IsControl(c) || c == '\\')
            ? url
            : "/";
}
