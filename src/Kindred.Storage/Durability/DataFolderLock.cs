using Kindred.Files;

namespace Kindred.Storage.Durability;

/// <summary>
/// Keeps a second process out of a data folder. The operating system holds the lock for the open file, so a process that
/// dies in any way gives it back.
/// </summary>
internal sealed class DataFolderLock(StorageOptions options) : IDisposable
{
    public const string FileName = "kindred.lock";
    private FileStream? _file;

    /// <exception cref="DataFolderException">Another process has the folder, or it cannot be written.</exception>
    public void Take()
    {
        var root = options.Root;
        try
        {
            PrivateFiles.MakePrivate(root);
            _file ??= new FileStream(Path.Combine(root, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new DataFolderException($"The data folder '{root}' cannot be written: {refused.Message}", refused);
        }
        catch (IOException busy)
        {
            throw new DataFolderException(
                $"The data folder '{root}' cannot be locked; most likely another Kindred process uses it. "
                + $"Stop that one, or give this one another folder with Kindred:DataPath. ({busy.Message})", busy);
        }
    }

    /// <summary>Gives the folder back. The file stays: deleting it would let two newcomers lock two different files.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }
}
