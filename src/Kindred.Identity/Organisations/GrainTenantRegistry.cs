using Kindred.Contracts.Access;
using Kindred.Contracts.Tenants;

namespace Kindred.Identity.Organisations;

/// <summary>Tenants are grains; it is the service that makes one, because nobody belongs to it yet.</summary>
internal sealed class GrainTenantRegistry(IGrainFactory grains) : ITenantRegistry
{
    public async Task<string> CreateAsync(string name)
    {
        while (true)
        {
            var account = Contracts.Access.Accounts.Draw();
            using var entered = CallerContext.EnterService(account, "sign-up of an organisation");
            var tenant = grains.GetGrain<ITenantGrain>(account);
            if (await tenant.DescribeAsync() is not null) continue;
            await tenant.CreateAsync(name);
            return account;
        }
    }
}
