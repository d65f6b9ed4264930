using Kindred.Storage.Events;

namespace Kindred.Storage.Tests.Events;

/// <summary>A disk that runs full: every further byte is refused, after as many of a write as still fit.</summary>
internal sealed class FaultyDisk
{
    public long BytesLeft { get; set; } = long.MaxValue;
    public bool FailsSync { get; set; }

    public ILogFile Open(string path) => new LogFile(this, new DiskLogFile(path));

    private sealed class LogFile(FaultyDisk disk, DiskLogFile inner) : ILogFile
    {
        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset)
        {
            foreach (var part in parts)
            {
                var fits = (int)Math.Min(disk.BytesLeft, part.Length);
                inner.Write([part[..fits]], offset);
                (offset, disk.BytesLeft) = (offset + fits, disk.BytesLeft - fits);
                if (fits < part.Length) throw new IOException("No space left on device");
            }
        }

        public void SyncToDisk()
        {
            if (disk.FailsSync) throw new IOException("Input/output error");
            inner.SyncToDisk();
        }

        public void Truncate(long length) => inner.Truncate(length);
        public void Dispose() => inner.Dispose();
    }
}
