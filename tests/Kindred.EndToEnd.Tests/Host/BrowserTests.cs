using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.EndToEnd.Tests.Service;

namespace Kindred.EndToEnd.Tests.Host;

/// <summary>A page of a shop sends an event with a key of its own: preflight, then the event.</summary>
[Collection(SharedHostDefinition.Name)]
public sealed class BrowserTests(SharedHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PutEvents_FromAPageOfAnAllowedOrigin_PassesPreflightAndIsReadable()
    {
        using var client = new ServiceClient(host.Process);
        var name = $"page-{Guid.NewGuid().ToString("N")[..8]}";
        var origin = $"https://{name}.example";
        var resources = client.Resources(name);
        var group = await resources.CreateGroupAsync(Stop);
        await resources.CreateDatasetAsync(group, SmallData.Interactions, Stop);
        var tracker = await resources.CreateTrackerAsync(group, Stop);
        Assert.Null((await PreflightAsync(origin)).AllowedOrigin);

        var key = await client.Api.PostAsync(
            "/v1/keys", new() { ["scopes"] = new JsonArray("events"), ["allowedOrigins"] = new JsonArray(origin) }, Stop);

        Assert.Equal((HttpStatusCode.NoContent, origin), await PreflightAsync(origin));
        Assert.Equal((HttpStatusCode.OK, origin), await SendAsync(origin, key, tracker));
        Assert.Equal((HttpStatusCode.Forbidden, null), await SendAsync("https://evil.example", key, tracker));
    }

    private Task<(HttpStatusCode Status, string? AllowedOrigin)> PreflightAsync(string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/events");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,x-api-key");
        return SendAsync(request, origin);
    }

    private Task<(HttpStatusCode Status, string? AllowedOrigin)> SendAsync(string origin, JsonObject key, string tracker)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/events")
        {
            Content = new StringContent(ServiceClient.EventRequest(tracker, "u", "i").ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-api-key", $"{key["id"]}:{key["secret"]}");
        return SendAsync(request, origin);
    }

    private async Task<(HttpStatusCode, string?)> SendAsync(HttpRequestMessage request, string origin)
    {
        using var http = new HttpClient { BaseAddress = host.Process.BaseAddress };
        request.Headers.Add("Origin", origin);
        using var answer = await http.SendAsync(request, Stop);
        return (answer.StatusCode, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null);
    }
}
