using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;

namespace Kindred.Grains.Resources;

/// <summary>How one kind of resource is deleted; runs on the tenant's turn.</summary>
internal interface IResourceDeletion
{
    ResourceKind Kind { get; }

    /// <summary>Deletes one, or goes on with a delete that was interrupted.</summary>
    /// <exception cref="Contracts.Refusals.RefusedException">There is no such resource, or another one uses it.</exception>
    Task DeleteAsync(string arn, Caller caller);

    /// <summary>Resources of all accounts whose delete has begun: the process died on the way.</summary>
    Task<IReadOnlyList<IResourceState>> FindInterruptedAsync(Inventory inventory);
}

/// <inheritdoc/>
/// <param name="delete">Deletes what belongs to it, and then the resource; null where nothing does.</param>
internal sealed class ResourceDeletion<TState>(IGrainFactory grains, DeletionGuard guard, Func<TState, Task>? delete) : IResourceDeletion
    where TState : class, IResourceState<TState>
{
    public ResourceKind Kind => TState.Kind;

    public async Task DeleteAsync(string text, Caller caller)
    {
        var arn = caller.Own<TState>(text);
        var state = await grains.ExpectAsync<TState>(arn);
        await guard.RefuseWhileInUseAsync(Kind, arn);
        await (delete is null ? grains.Resource<TState>(arn).DeleteAsync() : delete(state));
    }

    public async Task<IReadOnlyList<IResourceState>> FindInterruptedAsync(Inventory inventory) =>
        (await inventory.EverywhereAsync<TState>()).FindAll(state => state.Status is ResourceStatus.DeleteInProgress);
}
