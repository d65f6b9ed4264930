using System.Net;
using System.Net.Sockets;
using Kindred.Contracts.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Kindred.Storage.Tests.State;

/// <summary>A real silo on a data folder, as the host runs it.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private TestSilo(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();
    public IResourceCatalog Catalog => _host.Services.GetRequiredService<IResourceCatalog>();
    public IGrainStorage Storage => _host.Services.GetRequiredKeyedService<IGrainStorage>("Default");
    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();
    public IGrainStorage AdoNetStorage => _host.Services.GetRequiredKeyedService<IGrainStorage>("KindredAdoNet");

    public static async Task<TestSilo> StartAsync(string dataPath)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var (siloPort, gatewayPort) = FreePorts();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(siloPort, gatewayPort)
            .AddKindredStorage(new StorageOptions { DataPath = dataPath }));
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

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static (int, int) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
