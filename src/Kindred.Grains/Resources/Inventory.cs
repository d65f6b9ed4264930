using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;

namespace Kindred.Grains.Resources;

/// <summary>What there is of a kind of resource, as rules ask for it; in key order.</summary>
internal sealed class Inventory(IResourceCatalog catalog)
{
    /// <summary>All of one account.</summary>
    /// <param name="anyArn">Any ARN of the account: it gives region and account.</param>
    public async Task<List<TState>> OfAccountAsync<TState>(Arn anyArn) where TState : class, IResourceState<TState> =>
        await catalog.ScanAccountAsync<TState>(anyArn.Region, anyArn.Account).ToListAsync();

    /// <summary>All that belong to a resource.</summary>
    public async Task<List<TState>> InAsync<TState>(Arn parent) where TState : class, IResourceState<TState> =>
        await catalog.ScanChildrenAsync<TState>(parent).ToListAsync();

    /// <summary>All of all accounts: for what the service does by itself.</summary>
    public async Task<List<TState>> EverywhereAsync<TState>() where TState : class, IResourceState<TState> =>
        await catalog.ScanEveryAccountAsync<TState>().ToListAsync();
}
