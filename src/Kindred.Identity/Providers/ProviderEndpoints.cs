using Kindred.Identity.Accounts;
using Kindred.Identity.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Kindred.Identity.Providers;

/// <summary>To the other provider and back.</summary>
internal static class ProviderEndpoints
{
    public static void MapProvider(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/account/external", (string? returnUrl, SignInManager<Person> signIn, HttpContext http) =>
        {
            var back = $"{http.Request.PathBase}/account/external/back?returnUrl={Uri.EscapeDataString(LocalUrl.Of(returnUrl))}";
            return Results.Challenge(signIn.ConfigureExternalAuthenticationProperties(Provider.Scheme, back), [Provider.Scheme]);
        });
        routes.MapGet("/account/external/back", BackAsync);
    }

    private static async Task<IResult> BackAsync(string? returnUrl, SignInManager<Person> signIn, ProviderAccounts accounts, HttpContext http)
    {
        var failed = $"{http.Request.PathBase}{SessionCookie.SignInPath}?fault=";
        if (await signIn.GetExternalLoginInfoAsync() is not { } login) return Results.LocalRedirect($"{failed}provider");
        // The second step is the provider's matter.
        var result = await signIn.ExternalLoginSignInAsync(login.LoginProvider, login.ProviderKey, isPersistent: false, bypassTwoFactor: true);
        if (result.IsLockedOut) return Results.LocalRedirect($"{failed}locked");
        if (!result.Succeeded)
        {
            if (await accounts.FindOrMakeAsync(login) is not { } person) return Results.LocalRedirect($"{failed}email");
            if (await signIn.UserManager.IsLockedOutAsync(person)) return Results.LocalRedirect($"{failed}locked");
            await signIn.SignInAsync(person, isPersistent: false, login.LoginProvider);
        }
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        return Results.LocalRedirect(LocalUrl.Of(returnUrl) is { Length: > 1 } local ? local : $"{http.Request.PathBase}/");
    }
}
