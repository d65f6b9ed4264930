using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Campaigns;

/// <summary>Owns the decision which model a campaign serves, and says that it changed once it is stored.</summary>
[GrainType("campaign")]
internal sealed class CampaignGrain(
    [PersistentState("state", "Default")] IPersistentState<CampaignState> state, IChangeFeed feed, TimeProvider clock)
    : ResourceGrain<CampaignState>(state), ICampaignGrain, ICampaignResource
{
    public Task<CampaignServing?> GetServingAsync(CancellationToken cancellationToken) => Task.FromResult(Current?.Serving);

    public Task BeginUpdateAsync(CampaignServing target, int? minProvisionedTps, CampaignConfig? config) =>
        ChangeAsync(current => CampaignRules.BeginUpdate(current, target, minProvisionedTps, config, clock.GetUtcNow()));

    public Task<DeployTarget?> FindTargetAsync() => Task.FromResult(
        Current?.Pending is { } target ? new DeployTarget(target.SolutionVersionArn.ToString(), target.Recipe, target.ArtifactPath) : null);

    public async Task<bool> BeginDeployAsync()
    {
        if (Current?.Pending is null) return false;
        await ChangeAsync(current => CampaignRules.BeginDeploy(current, clock.GetUtcNow()));
        return true;
    }

    public async Task CompleteDeployAsync(string solutionVersionArn)
    {
        var next = await ChangeAsync(current => CampaignRules.CompleteDeploy(current, solutionVersionArn, clock.GetUtcNow()));
        Say(next.Serving);
    }

    public async Task ReplaceModelAsync(string solutionVersionArn, string artifactPath)
    {
        if (Current is null) return;
        var next = await ChangeAsync(current => CampaignRules.ReplaceModel(current, solutionVersionArn, artifactPath, clock.GetUtcNow()));
        Say(next.Serving);
    }

    public Task FailDeployAsync(string reason) => ChangeAsync(current => CampaignRules.FailDeploy(current, reason, clock.GetUtcNow()));

    public override async Task DeleteAsync()
    {
        var number = ChangeNumber.Next(Current?.Serving?.Number ?? 0, clock.GetUtcNow());
        await base.DeleteAsync();
        feed.Publish(new Change(ChangedSubject.Campaign, this.GetPrimaryKeyString(), number));
    }

    private void Say(CampaignServing? serving)
    {
        if (serving is not null) feed.Publish(new Change(ChangedSubject.Campaign, this.GetPrimaryKeyString(), serving.Number));
    }
}
