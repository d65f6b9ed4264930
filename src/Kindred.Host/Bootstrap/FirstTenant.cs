using System.Security.Cryptography;
using Kindred.Api.Authentication;
using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Tenants;
using Kindred.Host.Settings;

namespace Kindred.Host.Bootstrap;

/// <summary>
/// Sees to it that somebody can get in: a deployment without an access key gets a tenant and a key with every right. A key
/// that the settings name is made whenever it is missing; a generated one is printed to standard output, once, and never logged.
/// </summary>
/// <remarks>Runs after the silo has started and before the first request is taken.</remarks>
internal sealed partial class FirstTenant(
    KindredSettings settings, IGrainFactory grains, IResourceCatalog catalog, AccessKeyIssuer issuer, ILogger<FirstTenant> logger) : IHostedService
{
    private const int MostTenantsLookedAt = 10_000;

    /// <summary>The tenant that was made first.</summary>
    public string Account { get; private set; } = "";

    /// <summary>The key that this process knows in the clear: the one it made, or the settings'; null on a later start without settings.</summary>
    public (string Id, string Secret)? Key { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var entered = CallerContext.EnterService(account: null, "first start");
        var bootstrap = settings.Bootstrap;
        var oldest = await FindOldestAsync(cancellationToken);
        Account = bootstrap.AccountId ?? oldest ?? NewAccount();
        if (settings.Storage.S3 is { DefaultOwner: null } s3) s3.DefaultOwner = oldest ?? Account;
        if (bootstrap is { AccessKeyId: { } id, SecretAccessKey: { } secret })
        {
            Key = (id, secret);
            if (await grains.GetGrain<IAccessKeyGrain>(id).FindAsync() is not null) return;
            await grains.GetGrain<ITenantGrain>(Account).CreateAsync(null);
            await issuer.IssueAsync(id, secret, Account, AccessScopes.All);
            LogMade(Account, id);
        }
        else if (await HasNoKeyAsync(cancellationToken))
        {
            await grains.GetGrain<ITenantGrain>(Account).CreateAsync(null);
            var issued = await issuer.IssueAsync(Account, AccessScopes.All);
            Key = (issued.Id, issued.Secret);
            await PrintAsync(issued);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string?> FindOldestAsync(CancellationToken cancellationToken)
    {
        var tenants = await catalog.ScanAsync<TenantState>(StateNames.Tenant, "", null, MostTenantsLookedAt, cancellationToken);
        return tenants.MinBy(t => t.State.CreatedAt)?.Key;
    }

    private async Task<bool> HasNoKeyAsync(CancellationToken cancellationToken) =>
        (await catalog.ScanAsync<AccessKeyState>(StateNames.AccessKey, "", null, 1, cancellationToken)).Count == 0;

    private static string NewAccount() => RandomNumberGenerator.GetString("123456789", 1) + RandomNumberGenerator.GetString("0123456789", 11);

    private static Task PrintAsync(IssuedAccessKey key) => Console.Out.WriteLineAsync($"""
        This deployment is new. Its first tenant is {key.Account}; keep its key, for it is shown only this once:
          access key id      {key.Id}
          secret access key  {key.Secret}
        """);

    [LoggerMessage(Level = LogLevel.Information, Message = "Made the key {AccessKeyId} of the settings, for tenant {Account}")]
    private partial void LogMade(string account, string accessKeyId);
}
