using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Serving;

namespace Kindred.Grains.Campaigns;

/// <summary>Loads the model that an endpoint is to serve; until it is loaded, the endpoint serves what it served before.</summary>
internal sealed class DeployRunner(IGrainFactory grains, ModelStore models) : IJobRunner
{
    public JobKind Kind => JobKind.Deploy;

    public async Task<JobResult> RunAsync(JobRun run)
    {
        run.Report(0, "loading the model");
        while (true)
        {
            var target = await FindTargetAsync(run.Resource) ?? throw Refuse.NotFound(run.Resource);
            try
            {
                await models.WarmAsync(target.Recipe, target.ArtifactPath, run.CancellationToken);
                return new DeployResult(target.VersionArn);
            }
            catch (RefusedException)
            {
                // When the version was refined meanwhile, its old model is gone, and the endpoint names the new one.
                if ((await FindTargetAsync(run.Resource))?.ArtifactPath == target.ArtifactPath) throw;
            }
        }
    }

    /// <summary>A loaded model is only a cache entry.</summary>
    public Task DiscardAsync(Arn resource, JobResult result) => Task.CompletedTask;

    private Task<DeployTarget?> FindTargetAsync(Arn resource) => grains.Deployable(resource).FindTargetAsync();
}
