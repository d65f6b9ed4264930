using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Kindred.Recipes.Artifacts;

/// <summary>A file mapped read-only as a whole. The map lives until it is disposed and nobody holds it any more.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    private MappedFile(MemoryMappedFile map, MemoryMappedViewAccessor view, long length)
    {
        (_map, _view, Length) = (map, view, length);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _start = pointer + view.PointerOffset;
        // The address does not move while the handle lives; users hold the handle through Acquire.
        view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    public long Length { get; }

    public static MappedFile Open(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var length = stream.Length;
        if (length == 0)
            throw new ModelArtifactException($"'{path}' is empty; a model artifact was expected.");
        var map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
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

    /// <summary>Takes part in holding the map; the caller releases the handle.</summary>
    public SafeHandle Acquire()
    {
        var taken = false;
        _view.SafeMemoryMappedViewHandle.DangerousAddRef(ref taken);
        return _view.SafeMemoryMappedViewHandle;
    }

    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        if (offset < 0 || length < 0 || offset + length > Length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"{length} bytes from there are not inside the {Length} bytes of the file.");
        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
    }
}
