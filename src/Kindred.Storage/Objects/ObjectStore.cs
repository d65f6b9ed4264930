using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Objects;

/// <summary>
/// The objects that tenants import from and export to: buckets of their own (folders by default, an S3-compatible server when one is
/// configured) and files that the operator allowed. An account never reaches another account's objects.
/// </summary>
public sealed class ObjectStore : IDisposable
{
    private readonly IBucketBackend _buckets;
    private readonly FileRoots _files;
    private readonly Uploads _uploads;

    public ObjectStore(StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = Path.Combine(options.Root, "buckets");
        _buckets = options.S3 is null ? new FolderBackend(folder) : new S3Backend(options.S3);
        _files = new FileRoots(options.AllowedFileRoots);
        _uploads = new Uploads(folder);
    }

    /// <summary>The object that a location names; for one that ends with a slash, the objects directly in that folder.</summary>
    /// <param name="location"><c>s3://bucket/key</c>, <c>s3://bucket/folder/</c> or <c>file:///path</c>.</param>
    /// <returns>At least one object.</returns>
    /// <exception cref="RefusedException">The location is malformed, not allowed, or nothing is there.</exception>
    public async Task<IReadOnlyList<StoredObject>> ListAsync(string account, string location, CancellationToken cancellationToken)
    {
        CheckAccount(account);
        ArgumentNullException.ThrowIfNull(location);
        var found = FileRoots.Covers(location)
            ? _files.List(account, location)
            : DataLocation.Parse(location) is { IsFolder: true } folder
                ? await _buckets.ListAsync(account, folder.Name, cancellationToken)
                : await _buckets.FindAsync(account, DataLocation.Parse(location).Name, cancellationToken) is { } one ? [one] : [];
        return found.Count > 0 ? found : throw Missing(location);
    }

    /// <summary>Likewise; for a folder, the objects in it and in all folders below it.</summary>
    /// <inheritdoc cref="ListAsync"/>
    public async Task<IReadOnlyList<StoredObject>> ListBelowAsync(string account, string location, CancellationToken cancellationToken)
    {
        CheckAccount(account);
        ArgumentNullException.ThrowIfNull(location);
        if (!location.EndsWith('/')) return await ListAsync(account, location, cancellationToken);
        var found = FileRoots.Covers(location)
            ? _files.ListBelow(account, location)
            : await _buckets.ListBelowAsync(account, DataLocation.Parse(location).Name, cancellationToken);
        return found.Count > 0 ? found : throw Missing(location);
    }

    /// <summary>Likewise; a location that names no object stands for all whose names begin like it, directly in its folder.</summary>
    /// <inheritdoc cref="ListAsync"/>
    public async Task<IReadOnlyList<StoredObject>> ListMatchingAsync(string account, string location, CancellationToken cancellationToken)
    {
        CheckAccount(account);
        ArgumentNullException.ThrowIfNull(location);
        if (FileRoots.Covers(location) || DataLocation.Parse(location) is not { IsFolder: false } one)
            return await ListAsync(account, location, cancellationToken);
        if (await _buckets.FindAsync(account, one.Name, cancellationToken) is { } exact) return [exact];
        var (folder, start) = SplitKey(one.Name.Key);
        var objects = await _buckets.ListAsync(account, ObjectName.Folder(one.Name.Bucket, folder), cancellationToken);
        var found = objects.Where(o => o.Name.StartsWith(start, StringComparison.Ordinal)).ToArray();
        return found.Length > 0 ? found : throw Missing(location);
    }

    /// <summary>Whether a location is a folder that objects can be written to: one of a bucket, with or without the slash at its end.</summary>
    /// <exception cref="RefusedException">It is not.</exception>
    public static void CheckFolder(string location) => FolderOf(location);

    /// <summary>Whether two locations are the same folder, or the same object.</summary>
    public static bool IsSame(string location, string other)
    {
        ArgumentNullException.ThrowIfNull(location);
        ArgumentNullException.ThrowIfNull(other);
        return location.TrimEnd('/') == other.TrimEnd('/');
    }

    /// <summary>Opens an object for one pass from front to back.</summary>
    /// <exception cref="RefusedException">It is gone.</exception>
    public async Task<Stream> OpenReadAsync(string account, StoredObject storedObject, CancellationToken cancellationToken)
    {
        CheckAccount(account);
        ArgumentNullException.ThrowIfNull(storedObject);
        var location = storedObject.Location;
        var stream = FileRoots.Covers(location)
            ? _files.OpenRead(account, location)
            : await _buckets.OpenReadAsync(account, DataLocation.Parse(location).Name, cancellationToken);
        return stream ?? throw Missing(location);
    }

    /// <summary>
    /// Stores an object, replacing an older one. It is seen complete or not at all, and is on disk when this returns.
    /// </summary>
    /// <param name="maxBytes">A body with more bytes is refused as <see cref="RefusalCode.TooLarge"/>, without reading on.</param>
    public Task<ObjectReceipt> PutAsync(string account, string bucket, string key, Stream body, long maxBytes, CancellationToken cancellationToken) =>
        PutAsync(account, bucket, key, body, maxBytes, expectedSha256: null, cancellationToken);

    /// <param name="expectedSha256">64 hexadecimal digits that the body must hash to, or null to accept any body.</param>
    /// <inheritdoc cref="PutAsync(string, string, string, Stream, long, CancellationToken)"/>
    public async Task<ObjectReceipt> PutAsync(
        string account, string bucket, string key, Stream body, long maxBytes, string? expectedSha256, CancellationToken cancellationToken)
    {
        CheckAccount(account);
        ArgumentNullException.ThrowIfNull(body);
        var name = ObjectName.Object(bucket, key);
        using var upload = await _uploads.ReceiveAsync(body, maxBytes, cancellationToken);
        upload.CheckAgainst(expectedSha256);
        await _buckets.PublishAsync(account, name, upload.Path, cancellationToken);
        return new ObjectReceipt(name.Location, upload.SizeBytes, upload.Sha256);
    }

    /// <summary>Stores an object in a folder, as <see cref="PutAsync(string, string, string, Stream, long, CancellationToken)"/> does.</summary>
    /// <param name="folder"><c>s3://bucket/folder</c>, with or without a slash at its end.</param>
    /// <param name="name">The last part of the object's key.</param>
    /// <exception cref="RefusedException">The location is malformed, or the object larger than <paramref name="maxBytes"/>.</exception>
    public Task<ObjectReceipt> PutIntoAsync(
        string account, string folder, string name, Stream body, long maxBytes, CancellationToken cancellationToken)
    {
        var into = FolderOf(folder);
        return PutAsync(account, into.Bucket, into.Key + name, body, maxBytes, cancellationToken);
    }

    /// <returns>The object, or null if there is none.</returns>
    public Task<StoredObject?> FindAsync(string account, string bucket, string key, CancellationToken cancellationToken)
    {
        CheckAccount(account);
        return _buckets.FindAsync(account, ObjectName.Object(bucket, key), cancellationToken);
    }

    /// <param name="folder">A key prefix that ends with a slash, or nothing for the bucket's own first level.</param>
    public Task<IReadOnlyList<StoredObject>> ListBucketAsync(string account, string bucket, string folder, CancellationToken cancellationToken)
    {
        CheckAccount(account);
        return _buckets.ListAsync(account, ObjectName.Folder(bucket, folder), cancellationToken);
    }

    /// <returns>False if there was no such object.</returns>
    public Task<bool> DeleteAsync(string account, string bucket, string key, CancellationToken cancellationToken)
    {
        CheckAccount(account);
        return _buckets.DeleteAsync(account, ObjectName.Object(bucket, key), cancellationToken);
    }

    /// <summary>Removes what interrupted uploads left. Only for start-up.</summary>
    internal void DeleteInterruptedUploads() => _uploads.DeleteInterrupted();

    public void Dispose() => (_buckets as IDisposable)?.Dispose();

    // The door has established the account; anything but 12 digits here is a bug that must not become a path.
    private static void CheckAccount(string account)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!Accounts.IsAccount(account))
            throw new ArgumentException($"'{account}' is not an account of 12 digits.", nameof(account));
    }

    private static ObjectName FolderOf(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return DataLocation.Parse(location.EndsWith('/') ? location : location + "/").Name;
    }

    private static (string Folder, string Last) SplitKey(string key)
    {
        var end = key.LastIndexOf('/') + 1;
        return (key[..end], key[end..]);
    }

    private static RefusedException Missing(string location) =>
        new(RefusalCode.InvalidInput, $"Invalid Data location. There is nothing at '{ObjectName.Shown(location)}'.");
}
