using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Kindred.Grains.Tests.World;

/// <summary>The silo's own storage, which can be told to fail.</summary>
internal sealed class FaultyStorage(IGrainStorage inner) : IGrainStorage
{
    /// <summary>The state whose next write fails, as <c>{grain type}/state</c>.</summary>
    public string? FailsNext { get; set; }

    /// <summary>The failing write lands nevertheless: the database has it, and only the answer is lost.</summary>
    public bool Lands { get; set; }

    /// <summary>How many writes of a state have been asked for, by <c>{grain type}/state</c>.</summary>
    public ConcurrentDictionary<string, int> Writes { get; } = [];

    public static void Decorate(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, "Default"));
        services.Remove(real);
        services.AddSingleton(provider => new FaultyStorage((IGrainStorage)real.KeyedImplementationFactory!(provider, "Default")));
        services.AddKeyedSingleton<IGrainStorage>("Default", (provider, _) => provider.GetRequiredService<FaultyStorage>());
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ReadStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ClearStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Writes.AddOrUpdate(stateName, 1, (_, writes) => writes + 1);
        if (stateName != FailsNext)
        {
            await inner.WriteStateAsync(stateName, grainId, grainState);
            return;
        }
        FailsNext = null;
        // A copy: the grain's own record does not hear of the write, as when the answer is lost.
        if (Lands)
            await inner.WriteStateAsync(
                stateName, grainId, new GrainState<T>(grainState.State, grainState.ETag) { RecordExists = grainState.RecordExists });
        throw new IOException("The disk is full.");
    }
}
