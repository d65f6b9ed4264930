using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;

namespace Kindred.Serving.Caching;

internal static class CatalogLookups
{
    /// <summary>
    /// Whether a resource exists, asked of the catalogue: asking its grain would activate one for every name that a client
    /// makes up.
    /// </summary>
    public static async Task<bool> HoldsAsync<TState>(this IResourceCatalog catalog, Arn resource)
        where TState : class, IResourceState<TState>
    {
        var key = resource.ToString();
        // The key itself comes first among the keys that start with it.
        var first = await catalog.ScanAsync<TState>(TState.Kind.StateName, key, afterKey: null, limit: 1, CancellationToken.None);
        return first.Count > 0 && first[0].Key == key;
    }
}
