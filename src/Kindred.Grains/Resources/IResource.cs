using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;

namespace Kindred.Grains.Resources;

/// <summary>What the tenant does with every resource. Only the tenant's grain calls it, one structural change at a time.</summary>
[Alias("Kindred.IResource`1")]
internal interface IResource<TState> : IResourceReader<TState>
    where TState : class
{
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
        where TState : class, IResourceState<TState> => grains.GetResource<IResource<TState>, TState>(arn);

    /// <exception cref="Contracts.Refusals.RefusedException">There is no such resource.</exception>
    public static async Task<TState> ExpectAsync<TState>(this IGrainFactory grains, Arn arn)
        where TState : class, IResourceState<TState> => await grains.FindAsync<TState>(arn) ?? throw Refuse.NotFound(arn);
}
