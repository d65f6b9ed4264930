using Kindred.Contracts.Arns;

namespace Kindred.Contracts.Catalog;

public static class ResourceGrains
{
    /// <summary>The grain of a resource, found by its kind.</summary>
    /// <typeparam name="TGrain">What to call it by; every grain of the kind has it.</typeparam>
    /// <typeparam name="TState">The state of the kind.</typeparam>
    public static TGrain GetResource<TGrain, TState>(this IGrainFactory grains, Arn arn)
        where TGrain : IGrainWithStringKey
        where TState : class, IResourceState<TState>
    {
        ArgumentNullException.ThrowIfNull(grains);
        return grains.GetGrain<TGrain>(GrainId.Create(TState.Kind.GrainType, arn.ToString()));
    }

    /// <returns>The resource's state, asked of its grain; null if there is no such resource.</returns>
    public static Task<TState?> FindAsync<TState>(this IGrainFactory grains, Arn arn, CancellationToken cancellationToken = default)
        where TState : class, IResourceState<TState> =>
        grains.GetResource<IResourceReader<TState>, TState>(arn).FindAsync(cancellationToken);
}
