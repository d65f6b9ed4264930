using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Jobs;

/// <summary>The plumbing of a resource that is one piece of work.</summary>
internal abstract class JobResourceGrain<TState>(IPersistentState<TState> state, TimeProvider clock)
    : ResourceGrain<TState>(state), IJobResource<TState>
    where TState : class, IJobResourceState<TState>
{
    public async Task<bool> BeginAsync()
    {
        if (!ResourceStatus.IsUnfinished(Current?.Status)) return false;
        await MoveAsync(ResourceStatus.CreateInProgress);
        return true;
    }

    public Task CompleteAsync(WorkResult result) => ChangeAsync(
        current => current.Counted(result.Records, result.Refused, result.Outputs)
            .Moved(ResourceStatus.Active, failureReason: null, clock.GetUtcNow()));

    public Task FailAsync(string reason) => MoveAsync(ResourceStatus.CreateFailed, reason);

    private Task<TState> MoveAsync(string status, string? reason = null) =>
        ChangeAsync(current => current.Status == status ? current : current.Moved(status, reason, clock.GetUtcNow()));
}
