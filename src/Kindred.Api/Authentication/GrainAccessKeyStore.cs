using System.Runtime.CompilerServices;
using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Tenants;

namespace Kindred.Api.Authentication;

/// <summary>
/// Keys are found in the table that their grains write: a made-up id costs a look there, and no grain. They change on their tenant's
/// turn; the service asks for that, because who may ask for what, the door has checked by then.
/// </summary>
internal sealed class GrainAccessKeyStore(IGrainFactory grains, IAccessKeyCatalog keys, IResourceCatalog catalog, TimeProvider clock)
    : IAccessKeyStore
{
    private const int PageSize = 500;

    public async Task CreateAsync(string id, AccessKeyState key)
    {
        using var entered = CallerContext.EnterService(account: null, "issue of an access key");
        await Tenant(key.Account).ChangeAsync(new IssueAccessKey(id, key), CallerOf(key.Account));
    }

    public async Task<AccessKeyDescription?> FindAsync(string id)
    {
        var key = await catalog.FindAsync<AccessKeyState>(StateNames.AccessKey, id);
        return key is null ? null : new AccessKeyDescription(id, key);
    }

    public async Task RevokeAsync(string account, string id, KeyRights? rights)
    {
        using var entered = CallerContext.EnterService(account: null, "end of an access key");
        await Tenant(account).ChangeAsync(new RevokeAccessKey(id, rights), CallerOf(account));
    }

    public async Task UpdateAsync(string account, string id, KeyRights? rights, bool? disabled, DateTimeOffset? endsAt)
    {
        using var entered = CallerContext.EnterService(account: null, "change of an access key");
        await Tenant(account).ChangeAsync(new UpdateAccessKey(id, rights, disabled, endsAt), CallerOf(account));
    }

    public async Task NoteUseAsync(string id, DateTimeOffset at)
    {
        using var entered = CallerContext.EnterService(account: null, "use of an access key");
        await grains.GetGrain<IAccessKeyGrain>(id).NoteUseAsync(at);
    }

    public async Task<IReadOnlyList<AccessKeyDescription>> ListAsync(string account, CancellationToken cancellationToken)
    {
        var found = new List<AccessKeyDescription>();
        string? after = null;
        while (true)
        {
            var page = await keys.ListAsync(account, after, PageSize, cancellationToken);
            found.AddRange(page.Where(entry => !entry.State.Revoked).Select(entry => new AccessKeyDescription(entry.Key, entry.State)));
            if (page.Count < PageSize) return found;
            after = page[^1].Key;
        }
    }

    public async Task<IReadOnlyCollection<string>> ListOriginsAsync(CancellationToken cancellationToken)
    {
        var (origins, now) = (new HashSet<string>(StringComparer.Ordinal), clock.GetUtcNow());
        await foreach (var (_, key) in catalog.ScanAllAsync<AccessKeyState>(StateNames.AccessKey, "", cancellationToken))
            if (key.IsUsable(now)) origins.UnionWith(key.AllowedOrigins ?? []);
        return origins;
    }

    public async IAsyncEnumerable<AccessKeyDescription> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in catalog.ScanAllAsync<AccessKeyState>(StateNames.AccessKey, "", cancellationToken))
            yield return new AccessKeyDescription(entry.Key, entry.State);
    }

    public async Task RebindAsync(string id, string protectedSecret)
    {
        using var entered = CallerContext.EnterService(account: null, "binding of an access key");
        await grains.GetGrain<IAccessKeyGrain>(id).RebindAsync(protectedSecret);
    }

    private ITenantGrain Tenant(string account) => grains.GetGrain<ITenantGrain>(account);

    // Keys have no region and no retries.
    private static Caller CallerOf(string account) => new(account, Region: "", InvocationId: null);
}
