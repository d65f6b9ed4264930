using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Kindred.Portal.Security;

/// <summary>
/// A browser that asks for a page there is none of gets the portal's page for that. Whoever asks for no page gets the API's error, whose
/// endpoint takes every path that nobody else does.
/// </summary>
internal static class LostVisitors
{
    public const string NotFoundPage = "/not-found";

    public static void UseNotFoundPage(this WebApplication app) => app.Use((http, next) =>
    {
        if (IsTakenByNobody(http.GetEndpoint()) && WantsPage(http.Request) && FindNotFoundPage(app) is { } page)
        {
            http.SetEndpoint(page);
            // Said when the answer begins: a page that is rendered with this status would stay empty.
            http.Response.OnStarting(() =>
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
            http.Request.RouteValues.Clear();
        }
        return next(http);
    });

    private static bool IsTakenByNobody(Endpoint? endpoint) => endpoint is null or RouteEndpoint { Order: int.MaxValue };

    private static bool WantsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
        && !request.Headers.ContainsKey(HeaderNames.Authorization);

    private static Endpoint? FindNotFoundPage(IEndpointRouteBuilder routes) =>
        routes.DataSources.SelectMany(source => source.Endpoints)
            .FirstOrDefault(e => e is RouteEndpoint { RoutePattern.RawText: NotFoundPage });
}
