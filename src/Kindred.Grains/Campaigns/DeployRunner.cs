using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Serving;

namespace Kindred.Grains.Campaigns;

/// <summary>Loads the model that a campaign is to serve; until it is loaded, the campaign serves what it served before.</summary>
internal sealed class DeployRunner(IGrainFactory grains, ModelStore models) : IJobRunner
{
    public JobKind Kind => JobKind.Deploy;

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

    /// <summary>A loaded model is only a cache entry.</summary>
    public Task DiscardAsync(Arn resource, JobResult result) => Task.CompletedTask;

    private ICampaignResource Campaign(Arn arn) => grains.GetGrain<ICampaignResource>(arn.ToString());
}
