using Kindred.Contracts.Catalog;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Solutions;

[GrainType("solution-version")]
internal sealed class SolutionVersionGrain([PersistentState("state", "Default")] IPersistentState<SolutionVersionState> state, TimeProvider clock)
    : ResourceGrain<SolutionVersionState>(state), ISolutionVersionResource
{
    public async Task<bool> BeginAsync()
    {
        if (Current is not { } before) return false;
        if (before.Status is ResourceStatus.CreateStopping)
        {
            await StopAsync();
            return false;
        }
        var next = await ChangeAsync(current => SolutionVersionRules.Begin(current, clock.GetUtcNow()));
        return SolutionVersionRules.WantsTraining(next);
    }

    public async Task<bool> CompleteAsync(TrainingResult result)
    {
        var next = await ChangeAsync(current => SolutionVersionRules.Complete(current, result, clock.GetUtcNow()));
        return next.ArtifactPath == result.ArtifactPath;
    }

    public Task FailAsync(string reason) => ChangeAsync(current => SolutionVersionRules.Fail(current, reason, clock.GetUtcNow()));

    public Task BeginUpdateAsync() => ChangeAsync(SolutionVersionRules.BeginUpdate);

    public async Task<bool> MarkDeletionAsync(DateTimeOffset now) =>
        (await ChangeAsync(current => SolutionVersionRules.MarkDeletion(current, now))).DataDeletedAt is not null;

    public Task BeginStopAsync() => ChangeAsync(current => SolutionVersionRules.BeginStop(current, clock.GetUtcNow()));

    public Task StopAsync() => ChangeAsync(current => SolutionVersionRules.Stop(current, clock.GetUtcNow()));
}
