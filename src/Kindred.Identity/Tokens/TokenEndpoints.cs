using System.Security.Claims;
using Kindred.Contracts.Access;
using Kindred.Identity.Accounts;
using Kindred.Identity.Applications;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Kindred.Identity.Tokens;

/// <summary>
/// Who gets a token of what application. OpenIddict has checked the application, its secret, the scopes that it was registered with and where
/// it is sent back to; here is decided for whom.
/// </summary>
internal static class TokenEndpoints
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/connect/authorize", ["GET", "POST"], AuthorizeAsync);
        routes.MapPost("/connect/token", TokenAsync);
        routes.MapMethods("/connect/logout", ["GET", "POST"], LogoutAsync);
    }

    private static async Task<IResult> AuthorizeAsync(HttpContext http, UserManager<Person> people, AccountsDb db)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var cookie = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (cookie.Principal is not { } who || await people.GetUserAsync(who) is not { } person)
        {
            if (request.HasPromptValue(PromptValues.None)) return Refuse(Errors.LoginRequired, "Nobody is signed in.");
            var asked = http.Request.HasFormContentType ? QueryString.Create(http.Request.Form) : http.Request.QueryString;
            var here = $"{http.Request.PathBase}{http.Request.Path}{asked}";
            return Results.Challenge(new AuthenticationProperties { RedirectUri = here }, [IdentityConstants.ApplicationScheme]);
        }
        var application = await db.Applications.AsNoTracking().SingleOrDefaultAsync(a => a.ClientId == request.ClientId, http.RequestAborted);
        if (application is null || !await db.Memberships.AnyAsync(m => m.Account == application.Account && m.PersonId == person.Id, http.RequestAborted))
            return Refuse(Errors.AccessDenied, "You do not belong to the organisation of this application.");
        return Grant(Identify(person, application, request.GetScopes()));
    }

    private static async Task<IResult> TokenAsync(HttpContext http, UserManager<Person> people, AccountsDb db)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
        {
            var application = await db.Applications.SingleOrDefaultAsync(a => a.ClientId == request.ClientId, http.RequestAborted);
            if (application is null) return Refuse(Errors.InvalidClient, "There is no such application.");
            return Grant(Identify(application, request.GetScopes()));
        }
        // A code or a refresh token: who it was given to may have left, or have changed their password, since.
        var given = (await http.AuthenticateAsync(Scheme)).Principal;
        var personId = given?.GetClaim(Claims.Subject);
        var account = given?.GetClaim(TokenClaims.Account);
        if (given is null || personId is null || await people.FindByIdAsync(personId) is not { } person
            || given.GetClaim(TokenClaims.Stamp) != TokenClaims.StampOf(person)
            || !await db.Memberships.AnyAsync(m => m.Account == account && m.PersonId == personId, http.RequestAborted))
        {
            return Refuse(Errors.InvalidGrant, "The sign-in that this was given for does not hold any more.");
        }
        return Results.SignIn(given, authenticationScheme: Scheme);
    }

    private static async Task<IResult> LogoutAsync(SignInManager<Person> signIn)
    {
        await signIn.SignOutAsync();
        return Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [Scheme]);
    }

    private static ClaimsIdentity Identify(Person person, ApplicationRecord application, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("Kindred", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person.Id).SetClaim(Claims.Email, person.Email).SetClaim(Claims.Name, person.DisplayName)
            .SetClaim(TokenClaims.Account, application.Account).SetClaim(TokenClaims.Stamp, TokenClaims.StampOf(person));
        identity.SetScopes(scopes);
        return identity;
    }

    private static ClaimsIdentity Identify(ApplicationRecord application, IReadOnlyList<string> asked)
    {
        var identity = new ClaimsIdentity("Kindred", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, application.ClientId).SetClaim(Claims.Name, application.Name)
            .SetClaim(TokenClaims.Account, application.Account);
        identity.SetScopes(asked.Count > 0 ? asked : ScopeNames.List(application.Scopes));
        return identity;
    }

    private static IResult Grant(ClaimsIdentity identity)
    {
        identity.SetResources(TokenClaims.Audience);
        identity.SetDestinations(claim => claim.Type is Claims.Email or Claims.Name
            ? [Destinations.AccessToken, Destinations.IdentityToken]
            : [Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: Scheme);
    }

    private static IResult Refuse(string error, string sentence) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = sentence,
        }),
        [Scheme]);
}
