using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kindred.Portal.Tests.Browsers;

/// <summary>Another origin on loopback, with one picture: <c>join.svg</c>. It remembers what it was asked for, and with which referrer.</summary>
internal sealed class PictureServer : IAsyncDisposable
{
    private const string Picture = "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='76'><rect width='60' height='76' fill='#0f7b63'/></svg>";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public PictureServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Whether any request told which page it came from.</summary>
    public bool HeardOfPages { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The tests have ended.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var asked = await reader.ReadLineAsync(_stop.Token) ?? "";
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } header)
                HeardOfPages |= header.StartsWith("Referer:", StringComparison.OrdinalIgnoreCase);
            var answer = asked.StartsWith("GET /join.svg ", StringComparison.Ordinal)
                ? $"HTTP/1.1 200 OK\r\nContent-Type: image/svg+xml\r\nContent-Length: {Picture.Length}\r\nConnection: close\r\n\r\n{Picture}"
                : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _stop.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The browser went away.
        }
    }
}
