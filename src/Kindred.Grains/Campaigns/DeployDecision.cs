using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tenants;

namespace Kindred.Grains.Campaigns;

/// <summary>What a deploy changes in its campaign.</summary>
internal sealed class DeployDecision(IGrainFactory grains) : IJobDecision
{
    public JobKind Kind => JobKind.Deploy;

    public JobLane Lane => JobLane.Deploy;

    public Task<bool> BeginAsync(Arn resource) => Campaign(resource).BeginDeployAsync();

    public async Task<bool> PublishAsync(Arn resource, JobResult result)
    {
        await Campaign(resource).CompleteDeployAsync(((DeployResult)result).SolutionVersionArn);
        // A campaign that follows its solution may have missed a version that became ACTIVE during the deploy.
        if (await Campaign(resource).FindAsync() is { Campaign.Config.SyncWithLatestSolutionVersion: true } campaign)
            await grains.GetGrain<ITenantControl>(resource.Account).SyncCampaignsAsync(campaign.SolutionArn);
        return true;
    }

    public Task FailAsync(Arn resource, string reason) => Campaign(resource).FailDeployAsync(reason);

    public Task StopAsync(Arn resource) => Campaign(resource).FailDeployAsync("The deploy was stopped.");

    private ICampaignResource Campaign(Arn arn) => grains.GetGrain<ICampaignResource>(arn.ToString());
}
