namespace Kindred.Storage.Batches;

/// <summary>Some files as one stream, read once from front to back; one of them is open at a time.</summary>
internal sealed class FileSequence(IReadOnlyList<string> paths) : Stream
{
    private FileStream? _current;
    private int _next;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (MoveOn())
        {
            if (_current!.Read(buffer) is > 0 and var read) return read;
            EndFile();
        }
        return 0;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (MoveOn())
        {
            if (await _current!.ReadAsync(buffer, cancellationToken) is > 0 and var read) return read;
            EndFile();
        }
        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) EndFile();
        base.Dispose(disposing);
    }

    /// <returns>False after the last file.</returns>
    private bool MoveOn()
    {
        if (_current is not null) return true;
        if (_next == paths.Count) return false;
        _current = new FileStream(paths[_next++], FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
        return true;
    }

    private void EndFile()
    {
        _current?.Dispose();
        _current = null;
    }
}
