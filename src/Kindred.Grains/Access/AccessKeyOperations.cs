using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Access;

/// <summary>
/// Making, changing and ending a tenant's keys; runs on the tenant's turn, so that of two that are the last ones not both are ended. The keys'
/// own grains belong to nobody: the service calls them.
/// </summary>
internal sealed class AccessKeyOperations(IGrainFactory grains, IAccessKeyCatalog catalog, TenantAllowances allowances, TimeProvider clock)
{
    /// <summary>Keys that have ended and are still known; the oldest go when there are more.</summary>
    private const int MostEnded = 1000;
    private const int PageSize = 500;

    public async Task IssueAsync(IssueAccessKey request, Caller caller)
    {
        if (request.Key.Account != caller.Account) throw new RefusedException(RefusalCode.AccessDenied, "A key is made by its own tenant.");
        var now = clock.GetUtcNow();
        var keys = await AllAsync(caller.Account);
        var most = (await allowances.OfAsync(caller.Account)).AccessKeys;
        if (keys.Count(key => key.State.IsUsable(now)) >= most)
            throw Refuse.TooMany($"A tenant can have at most {most} access keys; revoke some that are not needed any more.");

        using var entered = CallerContext.EnterService(account: null, "issue of an access key");
        await grains.GetGrain<IAccessKeyGrain>(request.Id).CreateAsync(request.Key);
        foreach (var ended in keys.Where(key => !key.State.IsUsable(now)).OrderByDescending(key => key.State.CreatedAt).Skip(MostEnded))
            await grains.GetGrain<IAccessKeyGrain>(ended.Key).ForgetAsync(now);
    }

    public async Task RevokeAsync(RevokeAccessKey request, Caller caller)
    {
        var keys = await AllAsync(caller.Account);
        // Another tenant's key is no more there than one that was never made.
        var key = keys.Find(key => key.Key == request.Id)?.State
            ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no access key '{request.Id}'.");
        AccessKeyRules.CheckRevocation(request, key, keys, clock.GetUtcNow());

        using var entered = CallerContext.EnterService(account: null, "end of an access key");
        await grains.GetGrain<IAccessKeyGrain>(request.Id).RevokeAsync();
    }

    public async Task UpdateAsync(UpdateAccessKey request, Caller caller)
    {
        var keys = await AllAsync(caller.Account);
        var key = keys.Find(key => key.Key == request.Id)?.State
            ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no access key '{request.Id}'.");
        var now = clock.GetUtcNow();
        AccessKeyRules.CheckUpdate(request, key, keys, now);

        using var entered = CallerContext.EnterService(account: null, "change of an access key");
        await grains.GetGrain<IAccessKeyGrain>(request.Id).UpdateAsync(request.Disabled, request.EndsAt, now);
    }

    private async Task<List<CatalogEntry<AccessKeyState>>> AllAsync(string account)
    {
        var keys = new List<CatalogEntry<AccessKeyState>>();
        string? after = null;
        while (true)
        {
            var page = await catalog.ListAsync(account, after, PageSize, CancellationToken.None);
            keys.AddRange(page);
            if (page.Count < PageSize) return keys;
            after = page[^1].Key;
        }
    }
}
