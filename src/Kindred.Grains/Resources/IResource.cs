using Orleans.Concurrency;

namespace Kindred.Grains.Resources;

/// <summary>What the tenant does with every resource. Only the tenant's grain calls it, one structural change at a time.</summary>
[Alias("Kindred.IResource`1")]
internal interface IResource<TState> : IGrainWithStringKey
    where TState : class
{
    /// <returns>The state, or null if there is no such resource.</returns>
    [ReadOnly, Alias("FindAsync")]
    Task<TState?> FindAsync();

    /// <summary>Brings the resource into being; the caller has made sure that there is none.</summary>
    [Alias("CreateAsync")]
    Task CreateAsync(TState created);

    /// <summary>Forgets the resource. Nothing happens when there is none.</summary>
    [Alias("DeleteAsync")]
    Task DeleteAsync();
}
