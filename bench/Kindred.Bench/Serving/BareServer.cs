namespace Kindred.Bench.Serving;

/// <summary>
/// The baseline: Kestrel that reads the request's body and answers bytes of the size of a recommendation response; an event it
/// only reads.
/// </summary>
internal static class BareServer
{
    /// <summary>Bytes of a response with 25 items, their scores and a recommendation id.</summary>
    private const int ResponseBytes = 1_400;

    public static async Task<int> RunAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var body = new byte[ResponseBytes];
        Array.Fill(body, (byte)'x');
        foreach (var path in new[] { "/recommendations", "/personalize-ranking" })
        {
            app.MapPost(path, async context =>
            {
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body, context.RequestAborted);
            });
        }
        app.MapPost("/events", async context => await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        app.MapGet("/health/ready", () => "ready");
        await app.RunAsync();
        return 0;
    }
}
