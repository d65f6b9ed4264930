using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kindred.Api.Protocol;

/// <summary>A whole request body in pooled memory, of bounded size. Slow senders are cut off by Kestrel's minimum data rate.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>Largest body of a protocol request, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    // A client that announces much and sends nothing holds no more than this.
    private const int FirstBytes = 16 << 10;

    private byte[] _buffer;
    private int _length;

    private RequestBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <exception cref="ApiException">The body is longer than <see cref="MaxBytes"/>.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxBytes) throw TooLarge();
        // We count ourselves, so that the answer is the contract's and not the server's.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;

        var body = new RequestBody((int)Math.Clamp(http.Request.ContentLength ?? FirstBytes, 1, FirstBytes));
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
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private static ApiException TooLarge() =>
        new(ApiError.RequestEntityTooLarge, $"The request body is larger than {MaxBytes} bytes.");
}
