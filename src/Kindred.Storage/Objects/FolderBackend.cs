using Kindred.Contracts.Refusals;
using Kindred.Files;

namespace Kindred.Storage.Objects;

/// <summary>Buckets as folders: <c>{root}/{account}/{bucket}/{key}</c>.</summary>
internal sealed class FolderBackend(string root) : IBucketBackend
{
    public Task<StoredObject?> FindAsync(string account, ObjectName name, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(account, name));
        return Task.FromResult(file.Exists ? new StoredObject(name.Location, file.Name, file.Length) : null);
    }

    public Task<IReadOnlyList<StoredObject>> ListAsync(string account, ObjectName folder, CancellationToken cancellationToken)
    {
        var directory = new DirectoryInfo(PathOf(account, folder));
        if (!directory.Exists) return Task.FromResult<IReadOnlyList<StoredObject>>([]);

        // A link is passed over, not followed: what it leads to is not of this folder.
        IReadOnlyList<StoredObject> objects = [.. directory.EnumerateFiles()
            .Where(file => file.LinkTarget is null)
            .Select(file => new StoredObject(folder.Location + file.Name, file.Name, file.Length))
            .OrderBy(o => o.Name, StringComparer.Ordinal)];
        return Task.FromResult(objects);
    }

    public Task<IReadOnlyList<StoredObject>> ListBelowAsync(string account, ObjectName folder, CancellationToken cancellationToken)
    {
        var directory = new DirectoryInfo(PathOf(account, folder));
        if (!directory.Exists) return Task.FromResult<IReadOnlyList<StoredObject>>([]);
        IReadOnlyList<StoredObject> objects = [.. directory.EnumerateFiles("*", FileRoots.Below)
            .Select(file => new StoredObject(folder.Location + FileRoots.KeyOf(directory, file), file.Name, file.Length))
            .OrderBy(o => o.Location, StringComparer.Ordinal)];
        return Task.FromResult(objects);
    }

    public Task<Stream?> OpenReadAsync(string account, ObjectName name, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream?>(ObjectFile.OpenRead(PathOf(account, name)));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // Opening a folder reports "unauthorized"; a folder is not an object either.
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task PublishAsync(string account, ObjectName name, string temporaryPath, CancellationToken cancellationToken)
    {
        var path = PathOf(account, name);
        try
        {
            DurableFile.CreateDirectory(Path.GetDirectoryName(path)!);
            // An empty folder is what deleted objects leave behind; it must not keep its name for ever.
            if (Directory.Exists(path)) Directory.Delete(path);
            DurableFile.Publish(temporaryPath, path);
        }
        catch (IOException clash) when (Directory.Exists(path) || PartIsAFile(path))
        {
            throw new RefusedException(
                $"'{name.Location}' cannot be stored: a name is either an object or a folder, and this one, or one it lies under, "
                + "is already the other.", clash);
        }
        return Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(string account, ObjectName name, CancellationToken cancellationToken)
    {
        var path = PathOf(account, name);
        if (!File.Exists(path)) return Task.FromResult(false);
        File.Delete(path);
        DurableFile.FsyncDirectory(Path.GetDirectoryName(path)!);
        return Task.FromResult(true);
    }

    private string PathOf(string account, ObjectName name)
    {
        var tenant = Path.Combine(root, account);
        // The names are checked already. This catches a link that was put into the folder by hand.
        return ConfinedPath.Resolve(tenant, Path.Combine(tenant, name.Bucket, name.Key.TrimEnd('/')))
            ?? throw new RefusedException(RefusalCode.InvalidInput, $"Invalid Data location. '{name.Location}' leads out of the bucket.");
    }

    private static bool PartIsAFile(string path)
    {
        for (var parent = Path.GetDirectoryName(path); parent is not null; parent = Path.GetDirectoryName(parent))
            if (File.Exists(parent)) return true;
        return false;
    }
}
