using Kindred.Storage.Schemas;

namespace Kindred.Storage.Snapshots;

/// <summary>Every item's newest properties, in one immutable mapped file. Safe for many threads.</summary>
public sealed class ItemCatalog : IDisposable
{
    public int Count => throw new NotSupportedException();
    /// <summary>The property columns, without the id; a column's position is its index in <see cref="Value"/>.</summary>
    public IReadOnlyList<string> Columns => throw new NotSupportedException();

    /// <summary>Builds the file from segments of an Items or Users dataset; the newest row of an id wins.</summary>
    /// <param name="segmentPaths">Absolute paths, oldest first.</param>
    public static void Build(string path, DatasetSchema schema, IEnumerable<string> segmentPaths, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <exception cref="InvalidDataException">The file is no catalog of a version that this build reads, or is damaged.</exception>
    public static ItemCatalog Open(string path) => throw new NotSupportedException();

    public bool TryGet(ReadOnlySpan<char> id, out int index) => throw new NotSupportedException();
    public string Id(int index) => throw new NotSupportedException();
    /// <returns>The value as in the CSV, or null where it is empty.</returns>
    public string? Value(int index, int column) => throw new NotSupportedException();
    /// <summary>CREATION_TIMESTAMP in epoch seconds, or null.</summary>
    public long? CreationTimestamp(int index) => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}
