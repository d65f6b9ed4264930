using System.IO.MemoryMappedFiles;

namespace Kindred.Storage.Snapshots;

/// <summary>An open snapshot: its sections as memory that the operating system fetches when it is touched.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly SnapshotHeader _header;
    private volatile bool _disposed;

    private MappedFile(string path, int kind, int version)
    {
        var length = new FileInfo(path).Length;
        if (length < SnapshotHeader.Size) throw new InvalidDataException($"'{path}' is not a snapshot.");
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        try
        {
            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
            _start += _view.PointerOffset;
            _header = SnapshotHeader.Decode(new ReadOnlySpan<byte>(_start, SnapshotHeader.Size), length, path);
            if (_header.Kind != kind || _header.Version != version)
                throw new InvalidDataException($"The snapshot '{path}' is of kind {_header.Kind}, version {_header.Version}; this build reads kind {kind}, version {version} here.");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public static MappedFile Open(string path, int kind, int version) => new(path, kind, version);

    public MappedColumn<T> Column<T>(int section) where T : unmanaged
    {
        var (offset, length) = _header.Sections[section];
        return new MappedColumn<T>((T*)(_start + offset), length / sizeof(T));
    }

    public MappedStrings Strings(int firstSection) => new(this, Column<byte>(firstSection), Column<long>(firstSection + 1), Column<int>(firstSection + 2));

    /// <summary>Touching an unmapped page would end the process, so every reader asks first.</summary>
    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (_start != null) _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file.Dispose();
    }
}
