using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kindred.Portal.Security;

/// <summary>What every answer tells browsers: nothing runs here, and nothing frames this, but our own files.</summary>
public static class SecurityHeaders
{
    /// <summary>Styles on elements stay: components place popovers and widths with them. Scripts come from files only.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; manifest-src 'self'";

    /// <summary>Goes before everything that may answer.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        return next(http);
    });
}
