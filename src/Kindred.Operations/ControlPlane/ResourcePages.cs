using Kindred.Contracts.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Operations.ControlPlane;

/// <summary>Reads lists page by page from the resource catalog.</summary>
internal sealed class ResourcePages(IResourceCatalog catalog, PageTokens tokens)
{
    /// <summary>Entries of a page when the client does not say: as many as the contract allows.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>States read at once; more than a page, because a narrowed list passes over some.</summary>
    private const int ScanSize = 256;

    public static ResourcePages Of(OperationContext context) => context.Services.GetRequiredService<ResourcePages>();

    /// <returns>One page, in the order of the keys, and the token of the next one, or null after the last.</returns>
    public async Task<(IReadOnlyList<TSummary> Entries, string? NextToken)> ReadAsync<TState, TSummary>(
        ResourceList<TState, TSummary> list, OperationContext context, int? maxResults, string? nextToken)
        where TSummary : class
    {
        var name = $"{list.Operation}\n{context.Caller.Account}\n{list.Parent}";
        var after = tokens.Open(name, nextToken);
        var size = maxResults ?? DefaultPageSize;
        var page = new List<TSummary>();
        var lastOfPage = "";
        while (true)
        {
            var scanned = await catalog.ScanAsync<TState>(list.StateName, list.KeyPrefix, after, ScanSize, context.CancellationToken);
            foreach (var (key, state) in scanned)
            {
                if (list.Summarize(state) is not { } summary) continue;
                if (page.Count == size) return (page, tokens.Seal(name, lastOfPage));
                page.Add(summary);
                lastOfPage = key;
            }

            if (scanned.Count < ScanSize) return (page, null);
            after = scanned[^1].Key;
        }
    }
}
