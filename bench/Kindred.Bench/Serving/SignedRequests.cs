using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Kindred.Bench.Serving;

/// <summary>
/// GetRecommendations of every user and an event of every user, signed beforehand: a signature is good for 15 minutes, so wrk
/// replays them while the server verifies each one in full.
/// </summary>
internal static class SignedRequests
{
    /// <summary>How long a script may be used; less than the signatures are good for by more than a round lasts.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(8);

    /// <summary>One request in so many is an event; the user whose event it is comes next.</summary>
    public const int EventEvery = 10;

    /// <summary>A script for wrk that goes through the users in turn.</summary>
    /// <param name="address">Where the requests go.</param>
    /// <param name="campaignArn">Whom to ask.</param>
    /// <param name="trackingId">Where events go.</param>
    /// <param name="audience">Users and items.</param>
    /// <param name="path">Where the script is written; the requests lie beside it.</param>
    public static async Task WriteAsync(Uri address, string campaignArn, string trackingId, Audience audience, string path)
    {
        var (recommendations, events) = (Path.ChangeExtension(path, ".recommendations"), Path.ChangeExtension(path, ".events"));
        await WriteRequestsAsync(recommendations, new Uri(address, "/recommendations"), audience.Users.Select(
            user => new JsonObject { ["campaignArn"] = campaignArn, ["userId"] = user }));
        await WriteRequestsAsync(events, new Uri(address, "/events"), audience.Users.Select(
            (user, i) => Event(trackingId, user, audience.Items[i % audience.Items.Length])));
        await File.WriteAllTextAsync(path, WrkScript.Of(recommendations, events, EventEvery));
    }

    private static JsonObject Event(string trackingId, string user, string item) => new()
    {
        ["trackingId"] = trackingId,
        ["userId"] = user,
        ["sessionId"] = $"bench-{user}",
        ["eventList"] = new JsonArray(
            new JsonObject { ["eventType"] = "Watch", ["itemId"] = item, ["sentAt"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() }),
    };

    /// <summary>Whole requests as they go over the wire, each after a line with its length.</summary>
    private static async Task WriteRequestsAsync(string path, Uri target, IEnumerable<JsonObject> bodies)
    {
        await using var file = File.Create(path);
        using var capture = new CaptureHandler();
        using var http = new HttpClient(MeasuredHost.Signer(capture));
        foreach (var body in bodies)
        {
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(target, content);
            file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{capture.Request.Length}\n")));
            file.Write(capture.Request);
        }
    }

    /// <summary>Keeps a request instead of sending it.</summary>
    private sealed class CaptureHandler : HttpMessageHandler
    {
        public byte[] Request { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            var text = new StringBuilder($"{request.Method} {request.RequestUri!.PathAndQuery} HTTP/1.1\r\n");
            foreach (var (name, values) in request.Headers.Concat(request.Content.Headers).Where(h => h.Key != "Content-Length"))
                text.Append(CultureInfo.InvariantCulture, $"{name}: {string.Join(',', values)}\r\n");
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
            Request = [.. Encoding.UTF8.GetBytes(text.ToString()), .. body];
            return new HttpResponseMessage();
        }
    }
}
