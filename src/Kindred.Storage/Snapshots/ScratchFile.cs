using Kindred.Files;

namespace Kindred.Storage.Snapshots;

/// <summary>Room on disk while a snapshot is built.</summary>
internal static class ScratchFile
{
    /// <summary>An empty file that goes when it is closed, or with the process; what a crash leaves, the next start removes.</summary>
    /// <param name="besidePath">The file lies beside this one.</param>
    /// <param name="bufferBytes">Of the stream.</param>
    public static FileStream Create(string besidePath, int bufferBytes) => new(
        DurableFile.TemporaryPathFor(besidePath), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferBytes,
        FileOptions.DeleteOnClose);
}
