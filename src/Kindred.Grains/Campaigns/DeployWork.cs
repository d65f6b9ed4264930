using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Grains.Tenants;
using Kindred.Serving;

namespace Kindred.Grains.Campaigns;

/// <summary>Loads the model that a campaign is to serve; until it is loaded, the campaign serves what it served before.</summary>
internal sealed class DeployWork(IGrainFactory grains, ModelStore models) : IJobWork
{
    public JobKind Kind => JobKind.Deploy;

    public Task<bool> BeginAsync(Arn resource) => Campaign(resource).BeginDeployAsync();

    public async Task<JobResult> RunAsync(JobRun run)
    {
        run.Report(0, "loading the model");
        while (true)
        {
            var target = (await Campaign(run.Resource).FindAsync())?.Pending ?? throw Refuse.NotFound(run.Resource);
            try
            {
                await models.WarmAsync(target.Recipe, target.ArtifactPath, run.CancellationToken);
                return new DeployResult(target.SolutionVersionArn.ToString());
            }
            catch (RefusedException)
            {
                // When the version was refined meanwhile, its old model is gone, and the campaign names the new one.
                if ((await Campaign(run.Resource).FindAsync())?.Pending?.ArtifactPath == target.ArtifactPath) throw;
            }
        }
    }

    public async Task PublishAsync(Arn resource, JobResult result)
    {
        await Campaign(resource).CompleteDeployAsync(((DeployResult)result).SolutionVersionArn);
        // A campaign that follows its solution may have missed a version that became ACTIVE during the deploy.
        if (await Campaign(resource).FindAsync() is { Campaign.CampaignConfig.SyncWithLatestSolutionVersion: true } campaign)
            await grains.GetGrain<ITenantControl>(resource.Account).SyncCampaignsAsync(campaign.SolutionArn);
    }

    public void Discard(JobResult result)
    {
        // A loaded model is only a cache entry.
    }

    public Task FailAsync(Arn resource, string reason) => Campaign(resource).FailDeployAsync(reason);

    public Task StopAsync(Arn resource) => Campaign(resource).FailDeployAsync("The deploy was stopped.");

    private ICampaignResource Campaign(Arn arn) => grains.GetGrain<ICampaignResource>(arn.ToString());
}
