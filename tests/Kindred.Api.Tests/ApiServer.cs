using System.Net;
using Kindred.Api.Authentication;
using Kindred.Api.Proxies;
using Kindred.Api.Tenancy;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Tenants;
using Kindred.Contracts.Usage;
using Kindred.Operations;
using Kindred.Serving.Changes;
using Kindred.Storage;
using Kindred.Storage.Objects;
using Kindred.Storage.Quotas;
using Kindred.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Api.Tests;

/// <summary>The door on a real Kestrel with a loopback port, with handlers, keys and tenants in memory and a clock that stands still.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    public const string KeyId = "KINDREDEXAMPLEKEY234";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Account = "123456789012";
    public const string Region = "us-east-1";
    public const long MaxUploadBytes = 4 << 20;

    private readonly TemporaryFolder _data = new();
    private WebApplication? _app;

    /// <summary>When the recorded signatures were made.</summary>
    public static readonly DateTimeOffset SignedAt = new(2026, 11, 23, 22, 15, 7, TimeSpan.Zero);

    internal FakeTimeProvider Clock { get; } = new(SignedAt);
    internal InMemoryAccessKeys Keys { get; } = new();
    internal InMemoryTenants Tenants { get; } = new();
    internal RecordedAudit Audit { get; } = new();
    internal ActiveTenants TenantStandings { get; } = new();
    internal OperationTable Table { get; } = new();
    internal ProxyOptions Proxies { get; init; } = new();
    internal CollectedLogs Logs { get; } = new();
    internal IServiceProvider Services => _app!.Services;
    internal IPEndPoint Address { get; private set; } = null!;
    internal HttpClient Client { get; private set; } = null!;
    internal AccessKeyIssuer Issuer => Services.GetRequiredService<AccessKeyIssuer>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders().AddProvider(Logs);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(Proxies);
        builder.Services.AddKindredApi();
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        builder.Services.AddSingleton<IAccessKeyStore>(Keys).AddSingleton<ITenantStore>(Tenants).AddSingleton(Table);
        builder.Services.AddSingleton<IAuditTrail>(Audit).AddSingleton<IUsageMeter>(new CountedUsage());
        builder.Services.AddSingleton<ITenantStandings>(TenantStandings);
        builder.Services.AddSingleton<IChangeFeed, LocalChangeFeed>();
        var storage = new StorageOptions { DataPath = _data.Path, MaxUploadBytes = MaxUploadBytes };
        builder.Services.AddSingleton(storage).AddSingleton(new ObjectStore(storage)).AddSingleton(new StorageQuota(storage, Clock));
        _app = builder.Build();
        _app.UseKindredProxies();
        _app.MapKindredApi();
        await _app.StartAsync();

        var url = new Uri(_app.Urls.Single());
        Address = new IPEndPoint(IPAddress.Loopback, url.Port);
        Client = new HttpClient { BaseAddress = url };
        await Issuer.IssueAsync(KeyId, Secret, Account, AccessScopes.All);
    }

    /// <summary>A new key, as its <c>x-api-key</c> header.</summary>
    internal async Task<string> ApiKeyAsync(AccessScopes scopes, string account = Account, DateTimeOffset? expiresAt = null)
    {
        var key = await Issuer.IssueAsync(account, scopes, expiresAt);
        return $"{key.Id}:{key.Secret}";
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app!.DisposeAsync();
        _data.Dispose();
    }
}
