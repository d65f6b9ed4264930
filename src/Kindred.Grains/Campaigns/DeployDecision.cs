using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Recommenders;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Grains.Tenants;

namespace Kindred.Grains.Campaigns;

/// <summary>What a deploy changes in its campaign or recommender.</summary>
internal sealed class DeployDecision(IGrainFactory grains) : IJobDecision
{
    public JobKind Kind => JobKind.Deploy;

    public JobLane Lane => JobLane.Deploy;

    public Task<bool> BeginAsync(Arn resource) => grains.Deployable(resource).BeginDeployAsync();

    public async Task<bool> PublishAsync(Arn resource, JobResult result)
    {
        await grains.Deployable(resource).CompleteDeployAsync(((DeployResult)result).SolutionVersionArn);
        // It may have missed a version that became ACTIVE during the deploy.
        if (RecommenderState.Kind.Names(resource)) await Tenant(resource).SyncRecommenderAsync(resource);
        else if (await grains.FindAsync<CampaignState>(resource) is { Campaign.Config.SyncWithLatestSolutionVersion: true } campaign)
            await Tenant(resource).SyncCampaignsAsync(campaign.SolutionArn);
        return true;
    }

    public async Task FailAsync(Arn resource, string reason)
    {
        await grains.Deployable(resource).FailDeployAsync(reason);
        if (RecommenderState.Kind.Names(resource)) await Tenant(resource).SyncRecommenderAsync(resource);
    }

    public Task StopAsync(Arn resource) => FailAsync(resource, "The deploy was stopped.");

    private ITenantControl Tenant(Arn resource) => grains.GetGrain<ITenantControl>(resource.Account);
}

internal static class DeployableExtensions
{
    public static IDeployable Deployable(this IGrainFactory grains, Arn endpoint) =>
        grains.GetGrain<IDeployable>(GrainId.Create(endpoint.Type, endpoint.ToString()));
}
