namespace Kindred.Host.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it takes work; 503 while it starts and while it drains.
/// Neither needs a key.
/// </summary>
internal static class HealthEndpoints
{
    public static void MapKindredHealth(this IEndpointRouteBuilder routes)
    {
        var lifetime = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        routes.MapGet("/health/live", static () => Results.Text("live\n"));
        routes.MapGet("/health/ready", () =>
            lifetime.ApplicationStopping.IsCancellationRequested ? Results.Text("stopping\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : !lifetime.ApplicationStarted.IsCancellationRequested ? Results.Text("starting\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready\n"));
    }
}
