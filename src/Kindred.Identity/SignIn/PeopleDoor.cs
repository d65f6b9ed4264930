using Kindred.Identity.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.SignIn;

/// <summary>What requests of people go through: no sign-in over a wire that others can read, and none before the accounts are open.</summary>
internal static class PeopleDoor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void UsePeopleDoor(this IApplicationBuilder app)
    {
        var gate = app.ApplicationServices.GetRequiredService<AccountsGate>();
        var tries = app.ApplicationServices.GetRequiredService<TriesLimit>();
        app.Use(async (http, next) =>
        {
            if (!NeedsAccounts(http.Request))
            {
                await next(http);
                return;
            }
            if (!IsPrivate(http.Request))
            {
                await SayAsync(http, StatusCodes.Status403Forbidden,
                    "Signing in needs https: over plain http others on the way could read passwords. "
                    + "Put a proxy with TLS before Kindred and set Kindred:PublicUrl, or open it on this machine as http://localhost.");
                return;
            }
            if (!gate.IsOpen && !await OpensAsync(gate, http.RequestAborted))
            {
                http.Response.Headers.RetryAfter = "5";
                await SayAsync(http, StatusCodes.Status503ServiceUnavailable, gate.Fault ?? "Kindred is starting. Try again in a moment.");
                return;
            }
            if (IsTry(http.Request) && !tries.Take(http.Connection.RemoteIpAddress))
            {
                http.Response.Headers.RetryAfter = "60";
                await SayAsync(http, StatusCodes.Status429TooManyRequests, "Too many tries from your address. Wait a minute.");
                return;
            }
            await next(http);
        });
    }

    private static bool IsTry(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && (request.Path.StartsWithSegments("/account") || request.Path.StartsWithSegments("/start"));

    private static bool NeedsAccounts(HttpRequest request) =>
        request.Cookies.ContainsKey(SessionCookie.Name) || request.Path.StartsWithSegments("/account") || request.Path.StartsWithSegments("/start")
        || request.Path.StartsWithSegments("/connect");

    // What a browser calls localhost never leaves its machine, whoever forwards it there.
    private static bool IsPrivate(HttpRequest request) => request.IsHttps || IsLoopback(request.Host.Host);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));

    private static async Task<bool> OpensAsync(AccountsGate gate, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await gate.WaitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Task SayAsync(HttpContext http, int status, string sentence)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(sentence + "\n", http.RequestAborted);
    }
}
