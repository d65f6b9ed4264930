namespace Kindred.Storage.Objects;

/// <summary>How the store opens files: for one pass from front to back, while others may replace or delete them.</summary>
internal static class ObjectFile
{
    public static FileStream OpenRead(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        BufferSize = 1 << 16,
    });
}
