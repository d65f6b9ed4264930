using System.Security.Cryptography;

namespace Kindred.EndToEnd.Tests.Service;

/// <summary>A request body of zeros that pauses in the middle until it is told to go on.</summary>
internal sealed class GatedStream(int length) : Stream
{
    private readonly TaskCompletionSource _half = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _position;

    /// <summary>Completes when the first half has been handed to the connection.</summary>
    public Task HalfSent => _half.Task;

    public void SendTheRest() => _rest.TrySetResult();

    public static string HashOfZeros(int length) => Convert.ToHexStringLower(SHA256.HashData(new byte[length]));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= length / 2 && _half.TrySetResult()) await _rest.Task.WaitAsync(cancellationToken);
        var until = _half.Task.IsCompleted ? length : length / 2;
        var count = Math.Min(buffer.Length, until - _position);
        buffer.Span[..count].Clear();
        _position += count;
        return count;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get => _position; set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
