using Kindred.Identity.SignIn;
using Microsoft.AspNetCore.Http;

namespace Kindred.Portal.Components.Account;

/// <summary>Where a page of the account goes on to.</summary>
internal static class ReturnAddress
{
    /// <returns>A path of this site, relative to its base; the first page for anything else.</returns>
    public static string Of(HttpContext http, string? url)
    {
        var local = LocalUrl.Of(url);
        var prefix = http.Request.PathBase.Value ?? "";
        if (prefix.Length > 0 && local.StartsWith(prefix + "/", StringComparison.Ordinal)) local = local[prefix.Length..];
        return local.TrimStart('/');
    }

    /// <summary>
    /// Likewise, for the answer to a form. The policy of our pages forbids forms whose answer leads to another site, as that to an
    /// application does; a page in between ends the form.
    /// </summary>
    public static string AfterForm(HttpContext http, string? url)
    {
        var local = Of(http, url);
        return local.StartsWith("connect/", StringComparison.Ordinal) ? "account/continue" + Query(url) : local;
    }

    /// <returns>The query that takes a return address along to another page; empty for the first page.</returns>
    public static string Query(string? url) => LocalUrl.Of(url) is { Length: > 1 } local ? "?returnUrl=" + Uri.EscapeDataString(local) : "";
}
