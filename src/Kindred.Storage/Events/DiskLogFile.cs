using Microsoft.Win32.SafeHandles;

namespace Kindred.Storage.Events;

internal sealed class DiskLogFile(string path) : ILogFile
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) => RandomAccess.Write(_handle, parts, offset);

    public void SyncToDisk() => RandomAccess.FlushToDisk(_handle);

    public void Truncate(long length) => RandomAccess.SetLength(_handle, length);

    public void Dispose() => _handle.Dispose();
}
