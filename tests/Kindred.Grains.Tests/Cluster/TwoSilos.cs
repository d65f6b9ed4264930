using System.Net;
using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Serving;
using Kindred.Serving.Tests.World;
using Kindred.Storage;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Kindred.Storage.Objects;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Storage;

namespace Kindred.Grains.Tests.Cluster;

/// <summary>
/// Two silos in one process, as two hosts of a cluster would be: each with serving and jobs of its own, over one database, event log,
/// artifact store and feed.
/// </summary>
internal sealed class TwoSilos : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly SharedStates _states = new();
    private readonly SharedReminders _reminders = new();
    private readonly ServiceProvider _storage;
    private TestSilo? _second;

    private TwoSilos() =>
        _storage = new ServiceCollection().AddLogging().AddKindredStorageServices(new StorageOptions { DataPath = _data.Path }).BuildServiceProvider();

    /// <summary>Holds the membership table, so it is the other that goes.</summary>
    public TestSilo First { get; private set; } = null!;
    public TestSilo Second => _second ?? throw new InvalidOperationException("The second silo is gone.");
    public UnreliableFeed Feed { get; } = new();

    /// <param name="answerLifetime">How old serving's knowledge may be before it asks again.</param>
    /// <param name="work">Replaces the works of the first and of the second silo.</param>
    public static async Task<TwoSilos> StartAsync(TimeSpan answerLifetime, Action<IServiceCollection>? first = null, Action<IServiceCollection>? second = null)
    {
        var silos = new TwoSilos();
        var primary = new IPEndPoint(IPAddress.Loopback, TestSilo.FreePort());
        silos.First = await silos.StartAsync(primary.Port, primary, answerLifetime, first);
        silos._second = await silos.StartAsync(TestSilo.FreePort(), primary, answerLifetime, second);
        return silos;
    }

    /// <summary>The second silo dies: nothing of it is said to anybody.</summary>
    public async Task KillSecondAsync()
    {
        var dying = Second;
        _second = null;
        await dying.StopAsync(TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        if (_second is not null) await _second.DisposeAsync();
        await First.DisposeAsync();
        await _storage.DisposeAsync();
        _data.Dispose();
    }

    private Task<TestSilo> StartAsync(int port, IPEndPoint primary, TimeSpan answerLifetime, Action<IServiceCollection>? configure) =>
        TestSilo.StartAsync(new ServingOptions { AnswerLifetime = answerLifetime }, silo =>
        {
            silo.UseLocalhostClustering(port, gatewayPort: 0, primary, serviceId: "kindred", clusterId: "kindred");
            silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                (membership.ProbeTimeout, membership.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 2);
                (membership.NumVotesForDeathDeclaration, membership.TableRefreshTimeout) = (1, TimeSpan.FromSeconds(2));
            });
            silo.AddKindredStorage(new StorageOptions { DataPath = _data.Path }).AddKindredGrains(new JobOptions());
            Share(silo.Services);
            configure?.Invoke(silo.Services);
        });

    private void Share(IServiceCollection services)
    {
        // The data folder belongs to neither silo: nobody locks it, and no database lies in it.
        services.RemoveAll<IHostedService>(service => service.ImplementationType?.Name == "StorageStartup");
        foreach (var storage in services.Where(static service => service.ServiceType == typeof(IGrainStorage)).ToArray())
        {
            services.Remove(storage);
            services.Add(new ServiceDescriptor(typeof(IGrainStorage), storage.ServiceKey, _states));
        }
        services.Replace(ServiceDescriptor.Singleton<IResourceCatalog>(_states));
        services.Replace(ServiceDescriptor.Singleton<IAccessKeyCatalog>(_states));
        services.Replace(ServiceDescriptor.Singleton<IReminderTable>(_reminders));
        services.Replace(ServiceDescriptor.Singleton(_storage.GetRequiredService<IEventLog>()));
        services.Replace(ServiceDescriptor.Singleton(_storage.GetRequiredService<IArtifactStore>()));
        services.Replace(ServiceDescriptor.Singleton(_storage.GetRequiredService<ObjectStore>()));
        services.Replace(ServiceDescriptor.Singleton<IChangeFeed>(Feed));
    }
}

file static class ServiceRemoval
{
    public static void RemoveAll<T>(this IServiceCollection services, Func<ServiceDescriptor, bool> which)
    {
        foreach (var service in services.Where(service => service.ServiceType == typeof(T) && which(service)).ToArray()) services.Remove(service);
    }
}
