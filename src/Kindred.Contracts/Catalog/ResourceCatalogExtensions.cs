using System.Runtime.CompilerServices;
using Kindred.Contracts.Arns;

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

    /// <summary>
    /// One state. Asking here costs a look at a table; asking its grain would activate one for every name that somebody makes up.
    /// </summary>
    /// <returns>Null if there is no such state.</returns>
    public static async Task<TState?> FindAsync<TState>(
        this IResourceCatalog catalog, string stateName, string key, CancellationToken cancellationToken = default)
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(catalog);
        // The key itself comes first among those that begin with it.
        var first = await catalog.ScanAsync<TState>(stateName, key, afterKey: null, limit: 1, cancellationToken);
        return first is [var entry] && entry.Key == key ? entry.State : null;
    }

    /// <summary>The state of one resource.</summary>
    /// <inheritdoc cref="FindAsync{TState}(IResourceCatalog, string, string, CancellationToken)"/>
    public static Task<TState?> FindAsync<TState>(this IResourceCatalog catalog, Arn arn, CancellationToken cancellationToken = default)
        where TState : class, IResourceState<TState> =>
        catalog.FindAsync<TState>(TState.Kind.StateName, arn.ToString(), cancellationToken);

    /// <summary>Every resource of one kind, of all accounts.</summary>
    public static IAsyncEnumerable<TState> ScanEveryAccountAsync<TState>(
        this IResourceCatalog catalog, CancellationToken cancellationToken = default)
        where TState : class, IResourceState<TState> => catalog.ScanStatesAsync<TState>("", cancellationToken);

    /// <summary>Every resource of one kind in one account.</summary>
    public static IAsyncEnumerable<TState> ScanAccountAsync<TState>(
        this IResourceCatalog catalog, string region, string account, CancellationToken cancellationToken = default)
        where TState : class, IResourceState<TState> =>
        catalog.ScanStatesAsync<TState>(TState.Kind.KeysOf(region, account), cancellationToken);

    /// <summary>Every resource of one kind that belongs to <paramref name="parent"/>.</summary>
    public static async IAsyncEnumerable<TState> ScanChildrenAsync<TState>(
        this IResourceCatalog catalog, Arn parent, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TState : class, IResourceState<TState>
    {
        var kind = TState.Kind;
        await foreach (var state in catalog.ScanStatesAsync<TState>(kind.KeysIn(parent), cancellationToken))
        {
            if (kind.ParentOf?.Invoke(state) == parent) yield return state;
        }
    }

    private static async IAsyncEnumerable<TState> ScanStatesAsync<TState>(
        this IResourceCatalog catalog, string keyPrefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TState : class, IResourceState<TState>
    {
        await foreach (var entry in catalog.ScanAllAsync<TState>(TState.Kind.StateName, keyPrefix, cancellationToken))
            yield return entry.State;
    }
}
