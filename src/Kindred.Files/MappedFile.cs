using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Kindred.Files;

/// <summary>
/// A file mapped read-only as a whole: memory that the operating system fetches when it is touched. The map lives until it is
/// disposed and nobody holds it any more.
/// </summary>
public sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly SafeHandle _handle;
    private readonly byte* _start;

    private MappedFile(MemoryMappedFile map, MemoryMappedViewAccessor view, long length)
    {
        (_map, _view, _handle, Length) = (map, view, view.SafeMemoryMappedViewHandle, length);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _start = pointer + view.PointerOffset;
        // The address does not move while the handle lives; users hold the handle through Acquire, or end before Dispose.
        view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    /// <summary>Size of the file in bytes; at least 1.</summary>
    public long Length { get; }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, so there is nothing to map.</exception>
    public static MappedFile Open(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var length = stream.Length;
        if (length == 0) throw new InvalidDataException($"'{path}' is empty.");
        var map = MemoryMappedFile.CreateFromFile(
            stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        try
        {
            return new MappedFile(map, map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), length);
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    /// <summary>Takes part in holding the map; the caller releases the handle with <see cref="SafeHandle.DangerousRelease"/>.</summary>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    public SafeHandle Acquire()
    {
        var taken = false;
        _handle.DangerousAddRef(ref taken);
        return _handle;
    }

    /// <summary>Touching an unmapped page would end the process, so every reader asks first.</summary>
    public void ThrowIfUnmapped() => ObjectDisposedException.ThrowIf(_handle.IsClosed, this);

    /// <summary>The bytes at a place, valid while the map lives.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ThrowIfOutside(offset, length);
        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    /// <summary>The elements at a place as memory, for callers that want to pass it on; its span may be used while the map lives.</summary>
    public ReadOnlyMemory<T> Memory<T>(long offset, int count) where T : unmanaged
    {
        ThrowIfOutside(offset, (long)count * sizeof(T));
        return new MappedMemory<T>(this, (T*)(_start + offset), count).Memory;
    }

    /// <summary>The elements at a place; there may be more of them than a span can hold.</summary>
    public MappedColumn<T> Column<T>(long offset, long bytes) where T : unmanaged
    {
        ThrowIfOutside(offset, bytes);
        return new MappedColumn<T>((T*)(_start + offset), bytes / sizeof(T));
    }

    /// <summary>Unmaps the file, or has the last holder do so.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
    }

    private void ThrowIfOutside(long offset, long length)
    {
        ThrowIfUnmapped();
        if (offset < 0 || length < 0 || offset > Length - length)
            throw new ArgumentOutOfRangeException(
                nameof(offset), offset, $"{length} bytes from there are not inside the {Length} bytes of the file.");
    }
}
