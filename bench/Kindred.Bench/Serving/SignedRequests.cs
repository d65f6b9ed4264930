using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Client;

namespace Kindred.Bench.Serving;

/// <summary>
/// GetRecommendations of many users, signed beforehand: a signature is good for 15 minutes, so wrk replays them while the
/// server verifies each one in full.
/// </summary>
internal static class SignedRequests
{
    /// <summary>A script for wrk that goes through the requests in turn.</summary>
    public static async Task<string> WriteLuaAsync(Uri address, string campaignArn, IReadOnlyList<string> userIds, string accessKeyId, string secret, string folder)
    {
        var script = new StringBuilder("local requests = {}\n");
        using var capture = new CaptureHandler();
        using var http = new HttpClient(new SigV4Handler(accessKeyId, secret, "us-east-1", TimeProvider.System, capture));
        foreach (var userId in userIds)
        {
            var body = new JsonObject { ["campaignArn"] = campaignArn, ["userId"] = userId }.ToJsonString();
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(address, "/recommendations"), content);
            script.Append(CultureInfo.InvariantCulture, $"requests[#requests + 1] = wrk.format('POST', '/recommendations', {{{capture.LuaHeaders}}}, '{body}')\n");
        }

        script.Append("local next = 0\nfunction request()\n  next = next % #requests + 1\n  return requests[next]\nend\n");
        script.Append("function done(summary, latency)\n");
        script.Append("  io.write(string.format('RESULT %d %d %d %d %d\\n', summary.requests, summary.duration, summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout, latency:percentile(50), latency:percentile(99)))\nend\n");
        var path = Path.Combine(folder, $"requests-{address.Port}.lua");
        await File.WriteAllTextAsync(path, script.ToString());
        return path;
    }

    /// <summary>Keeps a request's headers instead of sending it.</summary>
    private sealed class CaptureHandler : HttpMessageHandler
    {
        public string LuaHeaders { get; private set; } = "";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.Concat(request.Content!.Headers).Where(h => h.Key != "Content-Length");
            LuaHeaders = string.Join(", ", headers.Select(h => $"['{h.Key}'] = '{string.Join(',', h.Value)}'"));
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
