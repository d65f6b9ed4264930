using Kindred.Contracts.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Jobs;

/// <summary>The resource that is one piece of work. Its job moves it.</summary>
[Alias("Kindred.IJobResource`1")]
internal interface IJobResource<TState> : IResource<TState>
    where TState : class, IJobResourceState<TState>
{
    /// <returns>False when there is nothing to do: no such resource, or its work has ended.</returns>
    [Alias("BeginAsync")]
    Task<bool> BeginAsync();

    [Alias("CompleteAsync")]
    Task CompleteAsync(WorkResult result);

    [Alias("FailAsync")]
    Task FailAsync(string reason);
}

internal static class JobResourceExtensions
{
    public static IJobResource<TState> JobResource<TState>(this IGrainFactory grains, Contracts.Arns.Arn arn)
        where TState : class, IJobResourceState<TState> =>
        grains.GetGrain<IJobResource<TState>>(GrainId.Create(TState.Kind.GrainType, arn.ToString()));
}
