using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Orleans.Concurrency;

namespace Kindred.Grains.Resources;

/// <summary>What the tenant does with every resource. Only the tenant's grain calls it, one structural change at a time.</summary>
[Alias("Kindred.IResource`1")]
internal interface IResource<TState> : IGrainWithStringKey
    where TState : class
{
    /// <returns>The state, or null if there is no such resource.</returns>
    [ReadOnly, Alias("FindAsync")]
    Task<TState?> FindAsync(CancellationToken cancellationToken = default);

    /// <summary>Brings the resource into being; the caller has made sure that there is none.</summary>
    [Alias("CreateAsync")]
    Task CreateAsync(TState created);

    /// <summary>Forgets the resource. Nothing happens when there is none.</summary>
    [Alias("DeleteAsync")]
    Task DeleteAsync();
}

internal static class ResourceExtensions
{
    public static IResource<TState> Resource<TState>(this IGrainFactory grains, Arn arn)
        where TState : class, IResourceState<TState> =>
        grains.GetGrain<IResource<TState>>(GrainId.Create(TState.Kind.GrainType, arn.ToString()));

    /// <returns>The resource's state, asked of its grain; null if there is no such resource.</returns>
    public static Task<TState?> FindAsync<TState>(this IGrainFactory grains, Arn arn)
        where TState : class, IResourceState<TState> => grains.Resource<TState>(arn).FindAsync();

    /// <exception cref="Contracts.Refusals.RefusedException">There is no such resource.</exception>
    public static async Task<TState> ExpectAsync<TState>(this IGrainFactory grains, Arn arn)
        where TState : class, IResourceState<TState> => await grains.FindAsync<TState>(arn) ?? throw Refuse.NotFound(arn);
}
