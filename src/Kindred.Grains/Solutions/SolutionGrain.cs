using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Resources;
using Kindred.Grains.Tenants;

namespace Kindred.Grains.Solutions;

[GrainType("solution")]
internal sealed class SolutionGrain([PersistentState("state", "Default")] IPersistentState<SolutionState> state, Inventory inventory, TimeProvider clock)
    : ResourceGrain<SolutionState>(state), ISolutionGrain, ISolutionResource, IRemindable
{
    private const string ReminderName = "train";

    public async Task<Solution?> DescribeAsync(CancellationToken cancellationToken)
    {
        if (Current?.Solution is not { } solution) return null;
        var versions = await inventory.VersionsAsync(Arn);
        var latest = versions.MaxBy(version => version.Sequence);
        return solution with
        {
            SolutionConfig = SearchRequestRules.Described(solution.SolutionConfig),
            LatestSolutionVersion = latest is null ? null : SolutionVersionRules.Summarize(latest),
            AutoMLResult = solution.PerformAutoML is true ? SolutionRules.ChosenBy(versions) : null,
        };
    }

    public override async Task CreateAsync(SolutionState created)
    {
        // First the reminder: without a solution it ends itself, while a solution without it would never train.
        await RemindAsync(created.Solution!.PerformAutoTraining is true);
        await base.CreateAsync(created);
    }

    public async Task UpdateAsync(UpdateSolutionRequest request)
    {
        if (request.PerformAutoTraining is { } wanted) await RemindAsync(wanted);
        await ChangeAsync(current => SolutionRules.Update(current, request, clock.GetUtcNow()));
    }

    public Task BeginDeleteAsync() => ChangeAsync(current => SolutionRules.BeginDelete(current, clock.GetUtcNow()));

    public override async Task DeleteAsync()
    {
        await base.DeleteAsync();
        await RemindAsync(false);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) =>
        // One way: the tenant's answer would need this grain's next turn.
        Current is null ? RemindAsync(false) : GrainFactory.GetGrain<ITenantControl>(Arn.Account).TrainIfDueAsync(Arn);

    protected override SolutionState WithOrigin(SolutionState current, ResourceOrigin origin) => current with { Origin = origin };

    private async Task RemindAsync(bool wanted)
    {
        if (wanted) await this.RegisterOrUpdateReminder(ReminderName, AutoTrainingRules.CheckEvery, AutoTrainingRules.CheckEvery);
        else if (await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
    }
}
