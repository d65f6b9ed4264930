using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Kindred.Bench.Serving;

/// <summary>Makes whole requests as they go over the wire, without sending them.</summary>
internal sealed class RequestCapture : IDisposable
{
    private readonly Handler _handler = new();
    private readonly HttpClient _http;

    private RequestCapture(Func<HttpMessageHandler, HttpMessageHandler> around) => _http = new HttpClient(around(_handler));

    /// <summary>With SigV4: a signature is good for 15 minutes.</summary>
    public static RequestCapture Signed() => new(MeasuredHost.Signer);

    /// <param name="key">What <c>x-api-key</c> says.</param>
    public static RequestCapture WithKey(string key)
    {
        var capture = new RequestCapture(static handler => handler);
        capture._http.DefaultRequestHeaders.Add("x-api-key", key);
        return capture;
    }

    public async Task<byte[]> PostAsync(Uri target, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(target, content);
        return _handler.Request;
    }

    public async Task<byte[][]> PostAllAsync(Uri target, IEnumerable<JsonObject> bodies)
    {
        var requests = new List<byte[]>();
        foreach (var body in bodies) requests.Add(await PostAsync(target, body));
        return [.. requests];
    }

    public void Dispose() => _http.Dispose();

    private sealed class Handler : HttpMessageHandler
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
