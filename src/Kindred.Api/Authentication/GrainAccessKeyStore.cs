using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Orleans;

namespace Kindred.Api.Authentication;

internal sealed class GrainAccessKeyStore(IGrainFactory grains, IResourceCatalog catalog) : IAccessKeyStore
{
    private const int PageSize = 500;

    public Task CreateAsync(string id, AccessKeyState key) => grains.GetGrain<IAccessKeyGrain>(id).CreateAsync(key);

    public Task<AccessKeyDescription?> FindAsync(string id) => grains.GetGrain<IAccessKeyGrain>(id).FindAsync();

    public Task RevokeAsync(string id) => grains.GetGrain<IAccessKeyGrain>(id).RevokeAsync();

    // A key id says nothing of its account, so this reads every key of the deployment: a page of administration, not a hot path.
    public async Task<IReadOnlyList<AccessKeyDescription>> ListAsync(string account, CancellationToken cancellationToken)
    {
        var keys = new List<AccessKeyDescription>();
        string? after = null;
        while (true)
        {
            var page = await catalog.ScanAsync<AccessKeyState>(StateNames.AccessKey, "", after, PageSize, cancellationToken);
            keys.AddRange(page.Where(e => e.State.Account == account && !e.State.Revoked).Select(e => new AccessKeyDescription(e.Key, e.State)));
            if (page.Count < PageSize) return keys;
            after = page[^1].Key;
        }
    }
}
