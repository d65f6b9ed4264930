using Kindred.Api.Authentication;
using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Tenants;
using Kindred.Host.Settings;
using Kindred.Identity.Starting;

namespace Kindred.Host.Bootstrap;

/// <summary>
/// Sees to it that somebody can get in: a deployment in which no key without an end can make keys and tenants gets one with every right.
/// A key that the settings name is made whenever it is missing; a generated one is printed to standard output, once, and never logged.
/// </summary>
/// <remarks>Runs after the silo has started and before the first request is taken.</remarks>
internal sealed partial class FirstTenant(
    KindredSettings settings, IGrainFactory grains, IResourceCatalog catalog, AccessKeyIssuer issuer, TimeProvider clock,
    ILogger<FirstTenant> logger) : IHostedService, IFirstTenant
{
    private const int MostTenantsLookedAt = 10_000;
    private const AccessScopes WayIn = AccessScopes.Keys | AccessScopes.Operator;

    /// <summary>The tenant that was made first.</summary>
    public string Account { get; private set; } = "";

    /// <summary>The key that this process knows in the clear: the one it made, or the settings'; null on a later start without settings.</summary>
    public (string Id, string Secret)? Key { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var entered = CallerContext.EnterService(account: null, "first start");
        if (await issuer.BindSecretsAsync(cancellationToken) is > 0 and var bound) LogBound(bound);
        var bootstrap = settings.Bootstrap;
        var oldest = await FindOldestAsync(cancellationToken);
        Account = bootstrap.AccountId ?? oldest ?? Accounts.Draw();
        if (settings.Storage.S3 is { DefaultOwner: null } s3) s3.DefaultOwner = oldest ?? Account;
        if (bootstrap is { AccessKeyId: { } id, SecretAccessKey: { } secret })
        {
            Key = (id, secret);
            if (await catalog.FindAsync<AccessKeyState>(StateNames.AccessKey, id, cancellationToken) is { } known)
            {
                if (known.IsUsable(clock.GetUtcNow()) || !await IsLockedOutAsync(cancellationToken)) return;
                LogEnded(id);
                await IssueAsync();
                return;
            }
            await grains.GetGrain<ITenantGrain>(Account).CreateAsync(null);
            await issuer.IssueAsync(id, secret, Account, AccessScopes.All);
            LogMade(Account, id);
        }
        else if (await IsLockedOutAsync(cancellationToken)) await IssueAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string?> FindOldestAsync(CancellationToken cancellationToken)
    {
        var tenants = await catalog.ScanAsync<TenantState>(StateNames.Tenant, "", null, MostTenantsLookedAt, cancellationToken);
        return tenants.MinBy(t => t.State.CreatedAt)?.Key;
    }

    private async Task IssueAsync()
    {
        await grains.GetGrain<ITenantGrain>(Account).CreateAsync(null);
        var issued = await issuer.IssueAsync(Account, AccessScopes.All);
        Key = (issued.Id, issued.Secret);
        await PrintAsync(issued);
    }

    /// <summary>Whether nobody could make tenants and keys any more: there never was such a key, or they have ended.</summary>
    private async Task<bool> IsLockedOutAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await foreach (var (_, key) in catalog.ScanAllAsync<AccessKeyState>(StateNames.AccessKey, "", cancellationToken))
            if ((key.Scopes & WayIn) == WayIn && key.ExpiresAt is null && key.IsUsable(now)) return false;
        return true;
    }

    private static Task PrintAsync(IssuedAccessKey key) => Console.Out.WriteLineAsync($"""
        This deployment has no key that makes keys and tenants. Here is one, of tenant {key.Account}; keep it, for it is shown only this once:
          access key id      {key.Id}
          secret access key  {key.Secret}
        """);

    [LoggerMessage(Level = LogLevel.Information, Message = "Bound the secrets of {Count} access keys to their keys")]
    private partial void LogBound(int count);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The key {AccessKeyId} of the settings has ended, and no other can make keys: a new one is made")]
    private partial void LogEnded(string accessKeyId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Made the key {AccessKeyId} of the settings, for tenant {Account}")]
    private partial void LogMade(string account, string accessKeyId);
}
