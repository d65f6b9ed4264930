using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Bench.Serving;
using Kindred.Testing.Hosting;

namespace Kindred.Bench.Door;

/// <summary>Requests as they go over the wire, in a file that a script of wrk plays in turn.</summary>
internal static class DoorRequests
{
    private static readonly string ApiKey = $"{TestKey.Bootstrap.AccessKeyId}:{TestKey.Bootstrap.SecretAccessKey}";

    /// <param name="target">The operation's address.</param>
    /// <param name="bodies">What is sent, one after the other and from the beginning again.</param>
    /// <param name="isSigned">With SigV4, which is good for a quarter of an hour; else with an api key.</param>
    /// <param name="script">Where the script is written; the requests lie beside it.</param>
    public static async Task WriteAsync(Uri target, IEnumerable<JsonObject> bodies, bool isSigned, string script)
    {
        var requests = Path.ChangeExtension(script, ".requests");
        await using (var file = File.Create(requests))
        {
            using var capture = new Capture();
            using var http = new HttpClient(isSigned ? MeasuredHost.Signer(capture) : capture, disposeHandler: false);
            if (!isSigned) http.DefaultRequestHeaders.Add("x-api-key", ApiKey);
            foreach (var body in bodies)
            {
                using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync(target, content);
                file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{capture.Request.Length}\n")));
                file.Write(capture.Request);
            }
        }
        await File.WriteAllTextAsync(script, WrkScript.Of(requests, requests, eventEvery: 0));
    }

    /// <summary>Keeps a request instead of sending it.</summary>
    private sealed class Capture : HttpMessageHandler
    {
        public byte[] Request { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            var text = new StringBuilder($"{request.Method} {request.RequestUri!.PathAndQuery} HTTP/1.1\r\n");
            if (request.Headers.Host is null) text.Append(CultureInfo.InvariantCulture, $"Host: {request.RequestUri.Authority}\r\n");
            foreach (var (name, values) in request.Headers.Concat(request.Content.Headers).Where(h => h.Key != "Content-Length"))
                text.Append(CultureInfo.InvariantCulture, $"{name}: {string.Join(',', values)}\r\n");
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
            Request = [.. Encoding.UTF8.GetBytes(text.ToString()), .. body];
            return new HttpResponseMessage();
        }
    }
}
