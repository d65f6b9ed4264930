using Kindred.Files;

namespace Kindred.Storage.Snapshots;

/// <summary>An open snapshot: a mapped file and where its sections lie.</summary>
internal sealed class SnapshotFile : IDisposable
{
    private readonly MappedFile _file;
    private readonly SnapshotHeader _header;

    private SnapshotFile(MappedFile file, SnapshotHeader header) => (_file, _header) = (file, header);

    /// <summary>The version that the file was written in.</summary>
    public int Version => _header.Version;

    /// <exception cref="InvalidDataException">It is no snapshot of this kind and version, or is damaged.</exception>
    public static SnapshotFile Open(string path, int kind, int version) => Open(path, kind, version, version);

    /// <exception cref="InvalidDataException">It is no snapshot of this kind and of one of these versions, or is damaged.</exception>
    public static SnapshotFile Open(string path, int kind, int oldestVersion, int newestVersion)
    {
        var file = MappedFile.Open(path);
        try
        {
            var header = SnapshotHeader.Decode(file.Slice(0, (int)Math.Min(SnapshotHeader.Size, file.Length)), file.Length, path);
            if (header.Kind != kind || header.Version < oldestVersion || header.Version > newestVersion)
                throw new InvalidDataException($"The snapshot '{path}' is of kind {header.Kind}, version {header.Version}; "
                    + $"this build reads kind {kind}, version {Named(oldestVersion, newestVersion)} here.");
            return new SnapshotFile(file, header);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public MappedColumn<T> Column<T>(int section) where T : unmanaged =>
        _file.Column<T>(_header.Sections[section].Offset, _header.Sections[section].Length);

    /// <summary>The ids that lie in three sections; nothing is built at open.</summary>
    public IdTable Ids(int firstSection) =>
        new(Memory<byte>(firstSection), Memory<long>(firstSection + 1), Memory<int>(firstSection + 2), IdHash.Low);

    /// <summary>Columns do not ask whether they are still mapped, so every reader of one does.</summary>
    public void ThrowIfDisposed() => _file.ThrowIfUnmapped();

    public void Dispose() => _file.Dispose();

    /// <summary>A piece of a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="at">Where it begins in the section, in bytes.</param>
    /// <param name="count">Its elements.</param>
    public unsafe MappedColumn<T> Column<T>(int section, long at, long count) where T : unmanaged =>
        _file.Column<T>(_header.Sections[section].Offset + at, count * sizeof(T));

    /// <inheritdoc cref="Column{T}(int, long, long)"/>
    public ReadOnlyMemory<T> Memory<T>(int section, long at, long count) where T : unmanaged =>
        _file.Memory<T>(_header.Sections[section].Offset + at, checked((int)count));

    private unsafe ReadOnlyMemory<T> Memory<T>(int section) where T : unmanaged =>
        Memory<T>(section, 0, _header.Sections[section].Length / sizeof(T));

    private static string Named(int oldest, int newest) => oldest == newest ? $"{newest}" : $"{oldest} to {newest}";
}
