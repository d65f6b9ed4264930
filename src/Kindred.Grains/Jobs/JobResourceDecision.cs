using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Resources;
using Kindred.Storage.Artifacts;

namespace Kindred.Grains.Jobs;

/// <summary>
/// Shows on a resource that is one piece of work how that went. What the work was to make is in a bucket by then; what it collected on the
/// way goes when it has ended.
/// </summary>
/// <param name="groupOf">The dataset group that the work belongs to.</param>
internal sealed class JobResourceDecision<TState>(JobKind kind, Func<TState, Arn> groupOf, IGrainFactory grains, IArtifactStore artifacts)
    : IJobDecision
    where TState : class, IJobResourceState<TState>
{
    public JobKind Kind => kind;

    public JobLane Lane => JobLane.Batch;

    public Task<bool> BeginAsync(Arn resource) => Resource(resource).BeginAsync();

    public async Task<bool> PublishAsync(Arn resource, JobResult result)
    {
        await Resource(resource).CompleteAsync((WorkResult)result);
        await ForgetAsync(resource);
        return true;
    }

    public async Task FailAsync(Arn resource, string reason)
    {
        await Resource(resource).FailAsync(reason);
        await ForgetAsync(resource);
    }

    public Task StopAsync(Arn resource) => FailAsync(resource, $"The {TState.Kind.Noun} was stopped.");

    private async Task ForgetAsync(Arn resource)
    {
        if (await grains.FindAsync<TState>(resource) is { } state)
            await artifacts.DeleteFolderAsync(ArtifactNames.OutputFolder(groupOf(state), resource), CancellationToken.None);
    }

    private IJobResource<TState> Resource(Arn arn) => grains.JobResource<TState>(arn);
}
