using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace Kindred.Files;

/// <summary>
/// Writes that survive a power cut: a file appears under its name complete or not at all, and once a method has returned
/// it stays. A file's bytes and its name are two things to the disk, so both are synced.
/// </summary>
public static partial class DurableFile
{
    private const string TemporarySuffix = ".tmp~";

    /// <summary>Writes a file through a temporary one beside it; whoever opens <paramref name="path"/> sees the old or the new file.</summary>
    /// <param name="path">Where the file appears, in a folder that is made if it is missing; an older file is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Looked at just before the file gets its name.</param>
    /// <returns>Size of the file in bytes.</returns>
    /// <exception cref="IOException">The disk refused; <paramref name="path"/> is what it was.</exception>
    public static long WriteAllAtomic(string path, Action<Stream> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        var temporary = TemporaryPathFor(path);
        CreateDirectory(Path.GetDirectoryName(temporary)!);
        try
        {
            long size;
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
                size = stream.Length;
            }
            cancellationToken.ThrowIfCancellationRequested();
            Publish(temporary, path);
            return size;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>A fresh name beside <paramref name="path"/>, on the same file system, which <see cref="DeleteTemporaries"/> knows.</summary>
    public static string TemporaryPathFor(string path) => $"{Path.GetFullPath(path)}.{Guid.NewGuid():N}{TemporarySuffix}";

    /// <summary>Gives a complete, already synced file its final name. Both names must be on one file system.</summary>
    public static void Publish(string temporaryPath, string path)
    {
        File.Move(temporaryPath, path, overwrite: true);
        FsyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Deletes what interrupted writes left in a folder and below it. Only for start-up: it knows no running writer.</summary>
    public static void DeleteTemporaries(string folder)
    {
        if (!Directory.Exists(folder)) return;
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.EnumerateFiles(folder, "*", everything))
            if (IsTemporary(Path.GetFileName(file))) File.Delete(file);
    }

    /// <summary>Tells by its name that a file was being written and never got its own.</summary>
    public static bool IsTemporary(ReadOnlySpan<char> fileName) =>
        fileName.EndsWith(TemporarySuffix, StringComparison.Ordinal) || FormerTemporary().IsMatch(fileName);

    // Model artifacts and checkpoints had a scheme of their own once; what a crash left then is still to be removed.
    [GeneratedRegex(@"^\..+\.[0-9a-f]{32}\.tmp$", RegexOptions.CultureInvariant)]
    private static partial Regex FormerTemporary();

    /// <summary>Creates a folder and the missing ones above it, and syncs the parent of each new one.</summary>
    public static void CreateDirectory(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path)) return;
        var parent = Path.GetDirectoryName(path) ?? throw new IOException($"The folder '{path}' does not exist and cannot be made.");
        CreateDirectory(parent);
        Directory.CreateDirectory(path);
        FsyncDirectory(parent);
    }

    /// <summary>Syncs a folder's list of names. Windows has no such call: there NTFS journals renames itself.</summary>
    public static void FsyncDirectory(string path)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return;

        // FileStream and File.OpenHandle refuse to open a folder, so this is the one place that asks the C library.
        using var folder = Open(path, flags: 0 /* O_RDONLY */);
        if (folder.IsInvalid || Fsync(folder) != 0)
            throw new IOException($"The folder '{path}' could not be synced to disk: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle handle);
}
