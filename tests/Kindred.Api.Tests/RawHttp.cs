using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Kindred.Api.Tests;

/// <summary>Sends exactly the bytes of a test: a well-behaved client would repair paths and headers on the way.</summary>
internal static class RawHttp
{
    public static Task<RawAnswer> SendAsync(
        ApiServer server, string method, string target, IEnumerable<(string Name, string Value)> headers, byte[] body)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{method} {target} HTTP/1.1\r\n");
        foreach (var (name, value) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        return SendAsync(server.Address, [.. Encoding.UTF8.GetBytes(head.ToString()), .. body]);
    }

    public static async Task<RawAnswer> SendAsync(IPEndPoint address, byte[] request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(request);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Split("\r\n");
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, text[(end + 4)..]);
    }
}

internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? ErrorType => Headers.GetValueOrDefault("x-amzn-ErrorType");
    public string Message => JsonDocument.Parse(Body).RootElement.GetProperty("message").GetString()!;

    /// <summary>Asserts everything that an error answer must have, in header and body.</summary>
    public void AssertError(int status, string code)
    {
        Assert.Equal((status, code), (Status, ErrorType));
        Assert.True(Guid.TryParse(Headers["x-amzn-RequestId"], out _));
        using var body = JsonDocument.Parse(Body);
        Assert.Equal(code, body.RootElement.GetProperty("__type").GetString());
        Assert.NotEqual("", body.RootElement.GetProperty("message").GetString());
    }
}
