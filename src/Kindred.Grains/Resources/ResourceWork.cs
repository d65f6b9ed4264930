using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;

namespace Kindred.Grains.Resources;

/// <summary>What the resources of one kind wait for.</summary>
internal interface IResourceWork
{
    /// <summary>The work of all accounts that has not ended. The resources are asked: a process may have died before it started the job.</summary>
    Task<IReadOnlyList<UnfinishedWork>> FindUnfinishedAsync();
}

/// <param name="Since">Since when the resource waits.</param>
internal sealed record UnfinishedWork(Arn Resource, JobKind Kind, DateTimeOffset Since);

/// <inheritdoc/>
internal sealed class ResourceWork<TState>(
    Inventory inventory, JobOptions options, Func<TState, JobOptions, (JobKind Kind, DateTimeOffset Since)?> work) : IResourceWork
    where TState : class, IResourceState<TState>
{
    public async Task<IReadOnlyList<UnfinishedWork>> FindUnfinishedAsync()
    {
        var unfinished = new List<UnfinishedWork>();
        foreach (var state in await inventory.EverywhereAsync<TState>())
        {
            if (work(state, options) is var (kind, since)) unfinished.Add(new UnfinishedWork(state.Arn, kind, since));
        }
        return unfinished;
    }
}
