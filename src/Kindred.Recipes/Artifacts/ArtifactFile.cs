using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kindred.Recipes.Artifacts;

/// <summary>Publishes a file so that after a crash at any moment it is whole or absent.</summary>
public static partial class ArtifactFile
{
    /// <summary>Writes to a temporary file beside <paramref name="path"/>, flushes it to the disk, renames it, flushes the folder.</summary>
    /// <param name="path">Where the file appears; an older one is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Looked at just before the rename.</param>
    /// <returns>Size of the file in bytes.</returns>
    public static long Publish(string path, Action<Stream> write, CancellationToken cancellationToken = default)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            long size;
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
                size = stream.Length;
            }
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(temporary, path, overwrite: true);
            FlushFolder(folder);
            return size;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // .NET opens no folders; without this a power cut may forget the rename although the file itself is on the disk.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return; // NTFS journals the rename
        using var handle = new SafeFileHandle(Open(folder, ReadOnlyFolder), ownsHandle: true);
        if (handle.IsInvalid || Fsync(handle) != 0)
            throw new IOException($"The folder '{folder}' could not be flushed to the disk.", Marshal.GetLastPInvokeError());
    }

    private const int ReadOnlyFolder = 0;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(SafeFileHandle handle);
}
