namespace Kindred.Storage.Objects;

/// <summary>Where the objects of buckets lie. Names arrive checked; every method is confined to one account.</summary>
internal interface IBucketBackend
{
    /// <returns>The object, or null if there is none.</returns>
    Task<StoredObject?> FindAsync(string account, ObjectName name, CancellationToken cancellationToken);

    /// <returns>Objects directly in the folder, not in folders below it, in ordinal order of their names.</returns>
    Task<IReadOnlyList<StoredObject>> ListAsync(string account, ObjectName folder, CancellationToken cancellationToken);

    /// <returns>Objects in the folder and in all folders below it, in ordinal order of their locations.</returns>
    Task<IReadOnlyList<StoredObject>> ListBelowAsync(string account, ObjectName folder, CancellationToken cancellationToken);

    /// <returns>The object's bytes, or null if there is none.</returns>
    Task<Stream?> OpenReadAsync(string account, ObjectName name, CancellationToken cancellationToken);

    /// <summary>Publishes a complete, synced temporary file as an object; the file is moved or copied away.</summary>
    Task PublishAsync(string account, ObjectName name, string temporaryPath, CancellationToken cancellationToken);

    /// <returns>False if there was no such object.</returns>
    Task<bool> DeleteAsync(string account, ObjectName name, CancellationToken cancellationToken);
}
