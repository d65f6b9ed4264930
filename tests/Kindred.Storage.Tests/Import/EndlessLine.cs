namespace Kindred.Storage.Tests.Import;

/// <summary>A header, then a line of so many bytes, then a good row: a file that nobody wants on disk.</summary>
internal sealed class EndlessLine(string header, long lineBytes, string row) : Stream
{
    private readonly byte[] _before = System.Text.Encoding.UTF8.GetBytes(header + "\n");
    private readonly byte[] _after = System.Text.Encoding.UTF8.GetBytes("\n" + row + "\n");
    private long _position;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var (read, count) = (0, buffer.Length);
        for (; read < count; read++, _position++)
        {
            var inAfter = _position - _before.Length - lineBytes;
            if (inAfter >= _after.Length) break;
            if (_position >= _before.Length && inAfter < 0)
            {
                var run = (int)Math.Min(count - read, -inAfter);
                buffer.Slice(read, run).Fill((byte)'x');
                (read, _position) = (read + run - 1, _position + run - 1);
                continue;
            }
            buffer[read] = inAfter >= 0 ? _after[inAfter] : _before[_position];
        }
        return read;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _position; set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
