using System.Buffers;
using Kindred.Api.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kindred.Api.Protocol;

/// <summary>
/// A whole request body in pooled memory, of bounded size, and counted for its tenant. Slow senders are cut off by Kestrel's minimum
/// data rate.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>Largest body of a protocol request, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    // A client that announces much and sends nothing holds no more than this.
    private const int FirstBytes = 16 << 10;

    private byte[] _buffer;
    private int _length;

    private readonly BodyMemory _memory;
    private readonly string _account;

    private RequestBody(BodyMemory memory, string account, int capacity)
    {
        (_memory, _account) = (memory, account);
        _buffer = Rent(capacity);
    }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <param name="account">The tenant whose memory it is.</param>
    /// <exception cref="ApiException">The body is longer than <see cref="MaxBytes"/>, or there is no memory left for it.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext http, BodyMemory memory, string account)
    {
        if (http.Request.ContentLength > MaxBytes) throw TooLarge();
        // We count ourselves, so that the answer is the contract's and not the server's.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;

        var body = new RequestBody(memory, account, (int)Math.Clamp(http.Request.ContentLength ?? FirstBytes, 1, FirstBytes));
        try
        {
            while (true)
            {
                if (body._length == body._buffer.Length) body.Grow();
                var read = await http.Request.Body.ReadAsync(body._buffer.AsMemory(body._length), http.RequestAborted);
                if (read == 0) return body;
                body._length += read;
                if (body._length > MaxBytes) throw TooLarge();
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Grow()
    {
        var larger = Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        Return(_buffer);
        _buffer = larger;
    }

    private byte[] Rent(int capacity)
    {
        _memory.Take(_account, capacity);
        var buffer = ArrayPool<byte>.Shared.Rent(capacity);
        // The pool gives what it has, which is at times more; that counts too, and is never refused.
        if (buffer.Length > capacity) _memory.Add(_account, buffer.Length - capacity);
        return buffer;
    }

    private void Return(byte[] buffer)
    {
        _memory.Add(_account, -buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static ApiException TooLarge() =>
        new(ApiError.RequestEntityTooLarge, $"The request body is larger than {MaxBytes} bytes.");
}
