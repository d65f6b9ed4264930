using Kindred.Api.Authentication;
using Kindred.Contracts.Access;
using Kindred.Demo;
using Kindred.Host.Bootstrap;
using Kindred.Host.Settings;
using Kindred.Host.Starting;

namespace Kindred.Host.Demo;

/// <summary>Finds the address that the demo calls and the key that it uses.</summary>
internal static class DemoAccess
{
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromDays(30);

    public static async Task<DemoTarget> PrepareAsync(WebApplication app)
    {
        var services = app.Services;
        var first = services.GetRequiredService<FirstTenant>();
        var (id, secret) = first.Key ?? await IssueAsync(services, first.Account);
        return new DemoTarget(ListenAddresses.ToCall(app.Urls.First()), services.GetRequiredService<KindredSettings>().Region, id, secret);
    }

    /// <summary>On a later start nobody in this process knows a secret, so the demo gets a key of its own, which ends by itself.</summary>
    private static async Task<(string Id, string Secret)> IssueAsync(IServiceProvider services, string account)
    {
        var end = services.GetRequiredService<TimeProvider>().GetUtcNow() + KeyLifetime;
        var issued = await services.GetRequiredService<AccessKeyIssuer>().IssueAsync(account, AccessScopes.Tenant, end);
        return (issued.Id, issued.Secret);
    }
}
