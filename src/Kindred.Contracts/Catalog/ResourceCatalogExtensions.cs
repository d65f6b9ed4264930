using System.Runtime.CompilerServices;

namespace Kindred.Contracts.Catalog;

public static class ResourceCatalogExtensions
{
    private const int PageSize = 500;

    /// <summary>Every state of one kind whose key starts with <paramref name="keyPrefix"/>, in ordinal key order, read page by page.</summary>
    /// <inheritdoc cref="IResourceCatalog.ScanAsync" path="/typeparam"/>
    /// <inheritdoc cref="IResourceCatalog.ScanAsync" path="/param"/>
    public static async IAsyncEnumerable<CatalogEntry<TState>> ScanAllAsync<TState>(
        this IResourceCatalog catalog, string stateName, string keyPrefix,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        string? after = null;
        while (true)
        {
            var page = await catalog.ScanAsync<TState>(stateName, keyPrefix, after, PageSize, cancellationToken);
            foreach (var entry in page) yield return entry;
            if (page.Count < PageSize) yield break;
            after = page[^1].Key;
        }
    }
}
