using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Recommenders;
using Kindred.Grains.Campaigns;
using Kindred.Grains.Resources;
using Kindred.Grains.Tenants;
using Kindred.Recipes.Catalog;

namespace Kindred.Grains.Recommenders;

/// <summary>Owns the decision which model a recommender serves, and whether it does, and says that it changed once it is stored.</summary>
[GrainType("recommender")]
internal sealed class RecommenderGrain(
    [PersistentState("state", "Default")] IPersistentState<RecommenderState> state, IChangeFeed feed, TimeProvider clock)
    : ResourceGrain<RecommenderState>(state), IRecommenderGrain, IRecommenderResource, IRemindable
{
    private const string Training = "train";
    private static readonly TimeSpan CheckEvery = TimeSpan.FromHours(1);

    public Task<RecommenderServing?> GetServingAsync(CancellationToken cancellationToken) => Task.FromResult(
        Current is { Status: ResourceStatus.Active, Model: { } model } current ? Serving(current, model) : null);

    public override async Task CreateAsync(RecommenderState created)
    {
        // First the reminder: without a recommender it ends itself, while a recommender without it would never be renewed.
        await this.RegisterOrUpdateReminder(Training, CheckEvery, CheckEvery);
        await base.CreateAsync(created);
    }

    public Task BeginUpdateAsync(RecommenderConfig config, string? trainingArn) =>
        ChangeAsync(current => RecommenderRules.BeginUpdate(current, config, trainingArn, clock.GetUtcNow()));

    public Task BeginRenewalAsync(string trainingArn) => ChangeAsync(current => RecommenderRules.BeginRenewal(current, trainingArn));

    public async Task BeginTrainingAsync(string trainingArn)
    {
        if (Current?.TrainingArn == trainingArn) await ChangeAsync(current => RecommenderRules.Begin(current, clock.GetUtcNow()));
    }

    public Task DeployAsync(RecommenderModel model) => ChangeAsync(current => RecommenderRules.BeginDeploy(current, model));

    public Task ReplaceModelAsync(RecommenderModel model) =>
        ChangeServingAsync(current => RecommenderRules.ReplaceModel(current, model, clock.GetUtcNow()));

    public Task<DeployTarget?> FindTargetAsync() => Task.FromResult(
        Current is { Next: { } next } current
            ? new DeployTarget(next.VersionArn.ToString(), RecipeCatalog.FindByArn(current.Recommender.RecipeArn)!.Name, next.ArtifactPath)
            : null);

    public async Task<bool> BeginDeployAsync()
    {
        if (Current?.Next is null) return false;
        await ChangeAsync(current => RecommenderRules.Begin(current, clock.GetUtcNow()));
        return true;
    }

    public Task CompleteDeployAsync(string versionArn) =>
        ChangeServingAsync(current => RecommenderRules.CompleteDeploy(current, versionArn, clock.GetUtcNow()));

    public Task FailDeployAsync(string reason) => ChangeAsync(current => RecommenderRules.Fail(current, reason, clock.GetUtcNow()));

    public Task StopAsync() => ChangeServingAsync(current => RecommenderRules.Stop(current, clock.GetUtcNow()));

    public Task StartAsync() => ChangeAsync(current => RecommenderRules.Start(current, clock.GetUtcNow()));

    public Task BeginDeleteAsync() => ChangeServingAsync(current => RecommenderRules.BeginDelete(current, clock.GetUtcNow()));

    public override async Task DeleteAsync()
    {
        var number = ChangeNumber.Next(Current?.Number ?? 0, clock.GetUtcNow());
        await base.DeleteAsync();
        await EndReminderAsync(Training);
        Say(number);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        using var entered = CallerContext.EnterService(Arn.Account, "reminder of a recommender");
        if (Current is null) await EndReminderAsync(reminderName);
        // One way: the tenant's answer would need this grain's next turn.
        else await GrainFactory.GetGrain<ITenantControl>(Arn.Account).TrainIfDueAsync(Arn);
    }

    private async Task EndReminderAsync(string name)
    {
        if (await this.GetReminder(name) is { } reminder) await this.UnregisterReminder(reminder);
    }

    private async Task ChangeServingAsync(Func<RecommenderState, RecommenderState> rule) => Say((await ChangeAsync(rule)).Number);

    private void Say(long number) => feed.Publish(new Change(ChangedSubject.Recommender, this.GetPrimaryKeyString(), number));

    private static RecommenderServing Serving(RecommenderState current, RecommenderModel model) => new()
    {
        RecommenderArn = current.Arn, DatasetGroupArn = current.Recommender.DatasetGroupArn, RecipeArn = current.Recommender.RecipeArn,
        ArtifactPath = model.ArtifactPath, MetadataEnabled = current.Recommender.Config?.EnableMetadataWithRecommendations is true,
        ItemExploration = current.Recommender.Config?.ItemExplorationConfig ?? new Dictionary<string, string>(), Number = current.Number,
    };
}
