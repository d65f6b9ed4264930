using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.SignIn;

/// <summary>The cookie of people who have signed in.</summary>
internal static class SessionCookie
{
    public const string Name = "kindred";
    public const string SignInPath = "/account/sign-in";

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.LoginPath = SignInPath;
        cookie.AccessDeniedPath = "/account/denied";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Cookie.Name = Name;
        cookie.Cookie.HttpOnly = true;
        // Strict would drop the cookie on the way back from another identity provider, and from links in mails.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        // Over plain http there is no sign-in but on loopback (PlainHttp), where a browser would not send a secure cookie.
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Sessions.KeptFor;
        cookie.SlidingExpiration = true;
        cookie.Events.OnSigningIn = KeepRemembered;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
        cookie.Events.OnRedirectToLogin = ToSignIn;
    }

    private static Task KeepRemembered(CookieSigningInContext context)
    {
        if (context.Properties.IsPersistent) context.Properties.ExpiresUtc = context.Properties.IssuedUtc + Sessions.RememberedFor;
        return Task.CompletedTask;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (await services.GetRequiredService<Sessions>().IsLiveAsync(context.Principal!, context.HttpContext.RequestAborted)) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>A page sends its reader to sign in; a script that calls in the background gets an answer that it can understand.</summary>
    private static Task ToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (HttpMethods.IsGet(context.Request.Method)) context.Response.Redirect(context.RedirectUri);
        else context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
