using Kindred.Contracts.Tenants;
using Orleans;

namespace Kindred.Api.Tenancy;

internal sealed class GrainTenantStore(IGrainFactory grains) : ITenantStore
{
    public async Task<bool> ExistsAsync(string account) => await grains.GetGrain<ITenantGrain>(account).DescribeAsync() is not null;

    public Task CreateAsync(string account, string? name) => grains.GetGrain<ITenantGrain>(account).CreateAsync(name);
}
