using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;

namespace Kindred.Api.Authentication;

/// <summary>
/// The keys' grains belong to nobody, because a key's id says nothing of its account: only the service itself may call them. Who may ask
/// for what, the door has checked by then; and the very first question of a request is asked before there is a caller.
/// </summary>
internal sealed class GrainAccessKeyStore(
    IGrainFactory grains, IAccessKeyCatalog catalog, IResourceCatalog states, TimeProvider clock) : IAccessKeyStore
{
    private const int PageSize = 500;

    public async Task CreateAsync(string id, AccessKeyState key)
    {
        using var entered = CallerContext.EnterService(account: null, "issue of an access key");
        await grains.GetGrain<IAccessKeyGrain>(id).CreateAsync(key);
    }

    public async Task<AccessKeyDescription?> FindAsync(string id)
    {
        using var entered = CallerContext.EnterService(account: null, "authentication");
        return await grains.GetGrain<IAccessKeyGrain>(id).FindAsync();
    }

    public async Task RevokeAsync(string id)
    {
        using var entered = CallerContext.EnterService(account: null, "end of an access key");
        await grains.GetGrain<IAccessKeyGrain>(id).RevokeAsync();
    }

    public async Task<IReadOnlyList<AccessKeyDescription>> ListAsync(string account, CancellationToken cancellationToken)
    {
        var keys = new List<AccessKeyDescription>();
        string? after = null;
        while (true)
        {
            var page = await catalog.ListAsync(account, after, PageSize, cancellationToken);
            keys.AddRange(page.Where(entry => !entry.State.Revoked).Select(entry => new AccessKeyDescription(entry.Key, entry.State)));
            if (page.Count < PageSize) return keys;
            after = page[^1].Key;
        }
    }

    public async Task<IReadOnlyCollection<string>> ListOriginsAsync(CancellationToken cancellationToken)
    {
        var (origins, now) = (new HashSet<string>(StringComparer.Ordinal), clock.GetUtcNow());
        await foreach (var (_, key) in states.ScanAllAsync<AccessKeyState>(StateNames.AccessKey, "", cancellationToken))
            if (key.IsUsable(now)) origins.UnionWith(key.AllowedOrigins ?? []);
        return origins;
    }
}
