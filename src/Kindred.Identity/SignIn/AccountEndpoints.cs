using System.Security.Claims;
using Kindred.Identity.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.SignIn;

/// <summary>What the pages of the account send beside their forms: signing out, and the first half of a passkey.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").AddEndpointFilter(RefuseForgedAsync);
        account.MapPost("/sign-out", async (SignInManager<Person> signIn, HttpContext http) =>
        {
            await signIn.SignOutAsync();
            return Results.LocalRedirect($"{http.Request.PathBase}{SessionCookie.SignInPath}");
        });
        account.MapPost("/passkey/new", async (SignInManager<Person> signIn, ClaimsPrincipal who) =>
        {
            if (await signIn.UserManager.GetUserAsync(who) is not { } person) return Results.Unauthorized();
            var entity = new PasskeyUserEntity { Id = person.Id, Name = person.Email!, DisplayName = person.DisplayName };
            return Json(await signIn.MakePasskeyCreationOptionsAsync(entity));
        });
        // Nobody is named, so nothing can be learnt about who has a passkey.
        account.MapPost("/passkey/ask", async (SignInManager<Person> signIn) => Json(await signIn.MakePasskeyRequestOptionsAsync(null)));
    }

    private static IResult Json(string text) => Results.Text(text, "application/json");

    /// <summary>The middleware only looks at endpoints that bind a form; these bind none, and are looked at here.</summary>
    private static async ValueTask<object?> RefuseForgedAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            ? await next(context)
            : Results.Text("The page is too old, or another site sent this. Load the page again.\n", statusCode: StatusCodes.Status400BadRequest);
    }
}
