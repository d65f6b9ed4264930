using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Resources;
using Kindred.Grains.Tenants;

namespace Kindred.Grains.Solutions;

[GrainType("solution")]
internal sealed class SolutionGrain(
    [PersistentState("state", "Default")] IPersistentState<SolutionState> state, NewItemsProbe newItems, TimeProvider clock)
    : ResourceGrain<SolutionState>(state), ISolutionResource, IRemindable
{
    private const string Training = "train";
    private const string Updates = "update";

    public override async Task CreateAsync(SolutionState created)
    {
        // First the reminder: without a solution it ends itself, while a solution without it would never train.
        await RemindAsync(Training, created.Solution.PerformAutoTraining);
        await RemindAsync(Updates, created.Solution.PerformIncrementalUpdate);
        await base.CreateAsync(created);
    }

    public async Task UpdateAsync(UpdateSolutionRequest request)
    {
        if (request.PerformAutoTraining is { } trains) await RemindAsync(Training, trains);
        if (request.PerformIncrementalUpdate is { } updates) await RemindAsync(Updates, updates);
        await ChangeAsync(current => SolutionRules.Update(current, request, clock.GetUtcNow()));
    }

    public Task BeginDeleteAsync() => ChangeAsync(current => SolutionRules.BeginDelete(current, clock.GetUtcNow()));

    public override async Task DeleteAsync()
    {
        await base.DeleteAsync();
        await RemindAsync(Training, false);
        await RemindAsync(Updates, false);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        using var entered = CallerContext.EnterService(Arn.Account, "reminder of a solution");
        if (Current is null) await RemindAsync(reminderName, false);
        else if (reminderName is Updates) newItems.Start(Arn);
        // One way: the tenant's answer would need this grain's next turn.
        else await GrainFactory.GetGrain<ITenantControl>(Arn.Account).TrainIfDueAsync(Arn);
    }

    private async Task RemindAsync(string name, bool wanted)
    {
        var every = name is Updates ? UpdateRules.CheckEvery : AutoTrainingRules.CheckEvery;
        if (wanted) await this.RegisterOrUpdateReminder(name, every, every);
        else if (await this.GetReminder(name) is { } reminder) await this.UnregisterReminder(reminder);
    }
}
