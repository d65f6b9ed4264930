using System.Net;
using System.Net.Sockets;
using System.Text;
using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Operations;
using Kindred.Contracts.Tenants;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Operations;
using Kindred.Serving;
using Kindred.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Tests.World;

/// <summary>A real silo on a data folder, with storage, serving and grains as the host assembles them.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private TestSilo(IHost host) => _host = host;

    /// <summary>Each called in the name of its own tenant.</summary>
    public TenantGrains Grains => new(Get<IGrainFactory>());
    public IResourceCatalog Catalog => Get<IResourceCatalog>();
    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <param name="configure">Replaces services, after everything was added.</param>
    public static Task<TestSilo> StartAsync(
        string dataPath, Action<IServiceCollection>? configure = null, JobOptions? jobs = null, TenantLimits? limits = null) =>
        StartAsync(new ServingOptions(), silo =>
        {
            silo.UseLocalhostClustering(FreePort(), gatewayPort: 0);
            silo.Configure<Orleans.Configuration.EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);
            silo.AddKindredStorage(new StorageOptions { DataPath = dataPath }).AddKindredGrains(jobs, limits);
            configure?.Invoke(silo.Services);
        });

    /// <param name="build">Clustering, storage and grains.</param>
    public static async Task<TestSilo> StartAsync(ServingOptions serving, Action<ISiloBuilder> build)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddKindredServing(serving);
        builder.Services.AddKindredOperations();
        builder.Services.AddSingleton<ITokenSeal, PlainSeal>();
        builder.UseOrleans(build);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return new TestSilo(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Calls an operation as a request of the tenant does.</summary>
    public Task<TResponse> CallAsync<TRequest, TResponse>(Caller caller, TRequest request)
        where TRequest : class
        where TResponse : class =>
        Get<IOperationInvoker>().InvokeAsync<TRequest, TResponse>(
            Principal.OfPerson(caller.Account, "test", AccessScopes.All), request, caller.InvocationId).AsTask();

    /// <summary>Likewise, one without an answer.</summary>
    public Task CallAsync<TRequest>(Caller caller, TRequest request) where TRequest : class =>
        Get<IOperationInvoker>().InvokeAsync(
            Principal.OfPerson(caller.Account, "test", AccessScopes.All), request, caller.InvocationId).AsTask();

    /// <returns>What a dataset has published.</returns>
    public async Task<DatasetData> DataAsync(string dataset) => (await Grains.FindAsync<DatasetState>(dataset))!.Data;

    public ITenantGrain Tenant(Caller caller) => Grains.GetGrain<ITenantGrain>(caller.Account);

    /// <summary>Stops as a host does that was told to; what has not stopped when the time is up is left behind.</summary>
    public async Task StopAsync(TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout);
        await _host.StopAsync(patience.Token);
        _host.Dispose();
    }

    public ValueTask DisposeAsync() => new(StopAsync(TimeSpan.FromSeconds(20)));

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

/// <summary>Page tokens that can be read: what seals them is the door's affair.</summary>
internal sealed class PlainSeal : ITokenSeal
{
    public string Seal(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public string? Open(string token) => Encoding.UTF8.GetString(Convert.FromBase64String(token));
}
