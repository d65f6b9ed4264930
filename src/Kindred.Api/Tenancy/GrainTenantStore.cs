using Kindred.Contracts.Access;
using Kindred.Contracts.Tenants;

namespace Kindred.Api.Tenancy;

/// <summary>An operator makes tenants other than their own, so it is the service that calls the new tenant's grain.</summary>
internal sealed class GrainTenantStore(IGrainFactory grains) : ITenantStore
{
    public async Task<bool> ExistsAsync(string account)
    {
        using var entered = CallerContext.EnterService(account, "look for a tenant");
        return await grains.GetGrain<ITenantGrain>(account).DescribeAsync() is not null;
    }

    public async Task CreateAsync(string account, string? name)
    {
        using var entered = CallerContext.EnterService(account, "making of a tenant");
        await grains.GetGrain<ITenantGrain>(account).CreateAsync(name);
    }
}
