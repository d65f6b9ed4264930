using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Kindred.Host.Telemetry;

/// <summary>
/// Names ASP.NET Core's span of a request and says what it was, for those that are sampled: the method, the route and the status, and of
/// the client nothing. A request that is not sampled costs one look.
/// </summary>
internal static class RequestSpans
{
    public const string Source = "Microsoft.AspNetCore";

    public static void UseKindredRequestSpans(this WebApplication app)
    {
        if (!TelemetryExtensions.IsWanted(app.Configuration)) return;
        app.Use(static next => http =>
        {
            var span = http.Features.Get<IHttpActivityFeature>()?.Activity;
            return span is { IsAllDataRequested: true } ? ServeAsync(http, next, span) : next(http);
        });
    }

    private static async Task ServeAsync(HttpContext http, RequestDelegate next, Activity span)
    {
        // Supervisors ask every few seconds.
        if (http.Request.Path.StartsWithSegments("/health")) span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        try
        {
            await next(http);
        }
        finally
        {
            var (method, status) = (http.Request.Method, http.Response.StatusCode);
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            if (!HttpMethods.IsGet(method) && !HttpMethods.IsPost(method) && !HttpMethods.IsPut(method) && !HttpMethods.IsDelete(method)
                && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method)) method = "_OTHER"; // as OpenTelemetry names what a client made up
            span.DisplayName = route is null ? method : $"{method} {route}";
            span.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status)
                .SetTag("url.scheme", http.Request.Scheme);
            if (status >= 500) span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
