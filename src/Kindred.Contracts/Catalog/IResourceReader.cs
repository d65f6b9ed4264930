using Orleans.Concurrency;

namespace Kindred.Contracts.Catalog;

/// <summary>What anybody may ask the grain of a resource. Key: the ARN.</summary>
[Alias("Kindred.IResourceReader`1")]
public interface IResourceReader<TState> : IGrainWithStringKey
    where TState : class
{
    /// <returns>The state, or null if there is no such resource.</returns>
    [ReadOnly, Alias("FindAsync")]
    Task<TState?> FindAsync(CancellationToken cancellationToken = default);
}
