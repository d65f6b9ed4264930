using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Portal.Security;

/// <summary>What every answer tells browsers: nothing runs here, and nothing frames this, but our own files.</summary>
public static class SecurityHeaders
{
    /// <summary>Styles on elements stay: components place popovers and widths with them. Scripts come from files only.</summary>
    /// <param name="pictures">Where pictures of items may come from.</param>
    public static string PolicyOf(PictureOrigins pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        return "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; "
            + $"img-src 'self' data:{pictures.ForPolicy}; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; "
            + "frame-ancestors 'none'; manifest-src 'self'";
    }

    /// <summary>Goes before everything that may answer.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var policy = PolicyOf(app.ApplicationServices.GetRequiredService<PictureOrigins>());
        return app.Use((http, next) => AddAsync(http, policy, next));
    }

    private static Task AddAsync(HttpContext http, string policy, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        return next(http);
    }
}
