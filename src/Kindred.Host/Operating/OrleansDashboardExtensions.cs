using System.Security.Claims;
using Kindred.Contracts.Access;
using Kindred.Host.Settings;
using Kindred.Identity.Organisations;
using Kindred.Portal.Sessions;
using Orleans.Dashboard;

namespace Kindred.Host.Operating;

/// <summary>
/// The dashboard of Orleans, for operators alone. Off by default: it samples every second and keeps what it sampled. Its trace, which streams
/// logs, and its view of states, which calls methods of grains by their names, stay closed.
/// </summary>
internal static class OrleansDashboardExtensions
{
    private const string Path = "/operator/orleans";
    /// <summary>Its styles hold a font; it posts nothing.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Closed = ["/Trace", "/GrainState"];

    public static ISiloBuilder AddOperatorDashboard(this ISiloBuilder silo, KindredSettings settings)
    {
        if (!settings.OrleansDashboard) return silo;
        silo.Services.AddSingleton(new OperatorTools { OrleansDashboard = Path });
        return silo.AddDashboard(dashboard => dashboard.HideTrace = true);
    }

    public static void MapOperatorDashboard(this WebApplication app, KindredSettings settings)
    {
        if (!settings.OrleansDashboard) return;
        app.MapOrleansDashboard(Path).AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (http.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } person)
                return Results.LocalRedirect($"{http.Request.PathBase}/account/sign-in?returnUrl={Uri.EscapeDataString(Path)}");
            var isOpen = !Array.Exists(Closed, path => http.Request.Path.StartsWithSegments(Path + path));
            // As if there were none, for whoever operates nothing.
            if (!isOpen || !await OperatesAsync(http, person)) return Results.NotFound();
            http.Response.Headers.ContentSecurityPolicy = Policy;
            return await next(context);
        });
    }

    /// <summary>Asked anew with each request, as pages do with each click.</summary>
    private static async Task<bool> OperatesAsync(HttpContext http, string person)
    {
        var memberships = http.RequestServices.GetRequiredService<IMembershipDirectory>();
        foreach (var membership in await memberships.ListAsync(person, http.RequestAborted))
        {
            var found = await memberships.FindPrincipalAsync(person, membership.Account, http.RequestAborted);
            if (found is not null && (found.Scopes & AccessScopes.Operator) != 0) return true;
        }
        return false;
    }
}
