using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Recommenders;
using Kindred.Grains.Jobs;
using Kindred.Grains.Recommenders;
using Kindred.Grains.Tenants;

namespace Kindred.Grains.Solutions;

/// <summary>What a training changes in its version, and in the campaigns that follow its solution, or the recommender whose it is.</summary>
/// <param name="kind">Quick trainings and full ones are jobs of two kinds; which a version needs, <see cref="TrainingLadder"/> says.</param>
internal sealed class TrainingDecision(JobKind kind, IGrainFactory grains, VersionFiles versions) : IJobDecision
{
    public JobKind Kind => kind;

    public JobLane Lane => kind is JobKind.Train ? JobLane.QuickTraining : JobLane.Training;

    /// <summary>A version that is ACTIVE serves: nobody waits for what refines or updates it, and its checkpoints keep what is done.</summary>
    public async Task<JobTerms> TermsAsync(Arn resource) =>
        kind is JobKind.TrainFully && await Version(resource).FindAsync() is { } version && SolutionVersionRules.IsRefining(version)
            ? new JobTerms { GivesWay = true } : JobTerms.Plain;

    public async Task<bool> BeginAsync(Arn resource)
    {
        if (!await Version(resource).BeginAsync()) return false;
        if (IsOfRecommender(resource))
            await grains.GetGrain<IRecommenderResource>(RecommenderOf(resource).ToString()).BeginTrainingAsync(resource.ToString());
        return true;
    }

    public async Task<bool> PublishAsync(Arn resource, JobResult result)
    {
        var training = (TrainingResult)result;
        if (!await Version(resource).CompleteAsync(training)) await versions.DeleteModelsAsync(training.ArtifactPath);
        if (!training.MoreFollows) await versions.DeleteTrainingAsync(resource);
        await SyncAsync(resource);
        return true;
    }

    public async Task<JobKind> FollowedByAsync(Arn resource) =>
        await Version(resource).FindAsync() is { } version && SolutionVersionRules.IsRefining(version) ? JobKind.TrainFully : JobKind.None;

    public async Task FailAsync(Arn resource, string reason)
    {
        await Version(resource).FailAsync(reason);
        await EndAsync(resource);
    }

    public async Task StopAsync(Arn resource)
    {
        await Version(resource).StopAsync();
        await EndAsync(resource);
    }

    // An endpoint that follows its versions waits for a refinement to end; however it ends, the wait is over.
    private async Task EndAsync(Arn resource)
    {
        await versions.DeleteTrainingAsync(resource);
        await SyncAsync(resource);
    }

    private Task SyncAsync(Arn resource)
    {
        var tenant = grains.GetGrain<ITenantControl>(resource.Account);
        return IsOfRecommender(resource)
            ? tenant.SyncRecommenderAsync(RecommenderOf(resource))
            : tenant.SyncCampaignsAsync(Arn.Solution(resource.Region, resource.Account, resource.Parent));
    }

    private static bool IsOfRecommender(Arn version) => version.Type is ResourceTypes.Recommender;

    private static Arn RecommenderOf(Arn version) => RecommenderState.Kind.ArnOf(version.Region, version.Account, version.Parent);

    private ISolutionVersionResource Version(Arn arn) => grains.GetGrain<ISolutionVersionResource>(arn.ToString());
}
