using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Kindred.Bench.Load;

/// <summary>A kept connection that sends whole requests and reads whole answers, with as little work as it takes.</summary>
internal sealed class WireConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 << 10];

    public static async Task<WireConnection> OpenAsync(Uri address)
    {
        var connection = new WireConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, address.Port);
        return connection;
    }

    /// <returns>Whether the answer was a 2xx.</returns>
    /// <exception cref="InvalidDataException">The connection ended, or the answer is not one with a Content-Length or chunks.</exception>
    public async ValueTask<bool> CallAsync(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;) sent += await _socket.SendAsync(request[sent..], SocketFlags.None);
        for (var read = 0; ;)
        {
            var more = await _socket.ReceiveAsync(_buffer.AsMemory(read), SocketFlags.None);
            read += more > 0 ? more : throw new InvalidDataException("The server ended the connection.");
            if (IsWhole(_buffer.AsSpan(0, read))) return _buffer[9] == (byte)'2';
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0) return answer.EndsWith("0\r\n\r\n"u8) && answer[..head].IndexOf("chunked"u8) >= 0;
        return Utf8Parser.TryParse(answer[(length + 16)..], out int bytes, out _) && answer.Length >= head + 4 + bytes;
    }
}
