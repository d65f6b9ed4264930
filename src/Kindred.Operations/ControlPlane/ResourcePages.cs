using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;

namespace Kindred.Operations.ControlPlane;

/// <summary>Reads lists page by page from the resource catalog.</summary>
internal sealed class ResourcePages(IResourceCatalog catalog, PageTokens tokens)
{
    /// <summary>Entries of a page when the client does not say: as many as the contract allows.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>States read at once; more than a page, because a narrowed list passes over some.</summary>
    private const int ScanSize = 256;

    /// <param name="operation">The operation that lists: a token goes back to the one that gave it.</param>
    /// <returns>One page, in the order of the keys, and the token of the next one, or null after the last.</returns>
    /// <exception cref="Contracts.Refusals.RefusedException">The token is not of this list, or the parent is of another kind.</exception>
    public async Task<(IReadOnlyList<TSummary> Entries, string? NextToken)> ReadAsync<TState, TSummary>(
        string operation, PageRequest request, Func<TState, TSummary> summarize, OperationContext context)
        where TState : class, IResourceState<TState>
        where TSummary : class
    {
        var kind = TState.Kind;
        var parent = request.Parent is { } text && kind.Parent is { } above ? above.Expect(text) : (Arn?)null;
        var keys = parent is { } narrowed ? kind.KeysIn(narrowed) : kind.KeysOf(context.Caller.Region, context.Caller.Account);
        var name = $"{operation}\n{context.Caller.Account}\n{request.Parent}";
        var after = tokens.Open(name, request.NextToken);
        var size = request.MaxResults ?? DefaultPageSize;
        var page = new List<TSummary>();
        var lastOfPage = "";
        while (true)
        {
            var scanned = await catalog.ScanAsync<TState>(kind.StateName, keys, after, ScanSize, context.CancellationToken);
            foreach (var (key, state) in scanned)
            {
                if (parent is { } expected && kind.ParentOf?.Invoke(state) != expected) continue;
                if (page.Count == size) return (page, tokens.Seal(name, lastOfPage));
                page.Add(summarize(state));
                lastOfPage = key;
            }

            if (scanned.Count < ScanSize) return (page, null);
            after = scanned[^1].Key;
        }
    }
}
