using System.Text.Json.Nodes;
using Kindred.Demo;
using Kindred.Client;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Service;

/// <summary>One tenant's client of a started host.</summary>
internal sealed class ServiceClient : IDisposable
{
    private readonly HttpClient _http;

    public ServiceClient(Uri baseAddress, TestKey key)
    {
        var signer = new SigV4Handler(key.AccessKeyId, key.SecretAccessKey, "us-east-1", TimeProvider.System, new SocketsHttpHandler());
        _http = new HttpClient(signer) { BaseAddress = baseAddress, Timeout = TimeSpan.FromMinutes(5) };
        Api = new ApiClient(_http);
        Key = key;
    }

    public ServiceClient(HostProcess host) : this(host.BaseAddress, TestKey.Bootstrap) { }

    public Uri BaseAddress => _http.BaseAddress!;
    public TestKey Key { get; }
    public ApiClient Api { get; }

    /// <summary>The resources of one named life cycle.</summary>
    public DemoResources Resources(string name) => new(Api, name);

    public Task<JsonObject> CallAsync(string operation, JsonObject request) =>
        Api.CallAsync(operation, request, TestContext.Current.CancellationToken);

    public async Task<JsonObject> DescribeAsync(string kind, string arn)
    {
        var member = char.ToLowerInvariant(kind[0]) + kind[1..];
        return (await CallAsync($"Describe{kind}", new() { [$"{member}Arn"] = arn }))[member]!.AsObject();
    }

    /// <summary>Reads an endpoint of our own.</summary>
    public async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!.AsObject();
    }

    /// <returns>Item ids, best first.</returns>
    public async Task<IReadOnlyList<string>> RecommendAsync(string campaignArn, string? userId, int numResults = 10, string? itemId = null)
    {
        var request = new JsonObject { ["campaignArn"] = campaignArn, ["numResults"] = numResults };
        if (userId is not null) request["userId"] = userId;
        if (itemId is not null) request["itemId"] = itemId;
        var answer = await Api.PostAsync("/recommendations", request, TestContext.Current.CancellationToken);
        return [.. answer["itemList"]!.AsArray().Select(i => (string)i!["itemId"]!)];
    }

    public Task PutEventAsync(string trackingId, string userId, string itemId, string? eventId = null) =>
        Api.PostAsync("/events", EventRequest(trackingId, userId, itemId, eventId), TestContext.Current.CancellationToken);

    public static JsonObject EventRequest(string trackingId, string userId, string itemId, string? eventId = null)
    {
        var sent = new JsonObject { ["eventType"] = "View", ["itemId"] = itemId, ["sentAt"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() };
        if (eventId is not null) sent["eventId"] = eventId;
        return new()
        {
            ["trackingId"] = trackingId,
            ["userId"] = userId,
            ["sessionId"] = $"session-of-{userId}",
            ["eventList"] = new JsonArray(sent),
        };
    }

    public void Dispose() => _http.Dispose();
}
