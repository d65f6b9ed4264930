using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Grains.Tenants;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;
using Kindred.Storage.Durability;

namespace Kindred.Grains.Solutions;

/// <summary>Trains a solution version on everything its dataset group holds when the training begins.</summary>
internal sealed class TrainingWork(IGrainFactory grains, TrainingDataReader reader, DataFiles files, JobOptions options) : IJobWork
{
    // The same data gives the same model, also for another version; nothing is gained by another seed.
    private const int Seed = 1;

    // Reading takes a small part of the time that training takes.
    private const double ReadShare = 0.1;

    public JobKind Kind => JobKind.Train;

    public Task<bool> BeginAsync(Arn resource) => Version(resource).BeginAsync();

    public async Task<JobResult> RunAsync(JobRun run)
    {
        var version = await Version(run.Resource).FindAsync() ?? throw Refuse.NotFound(run.Resource);
        var data = await reader.ReadAsync(Arn.Parse(version.Version!.DatasetGroupArn!), run, ReadShare);

        var artifact = Path.Combine("models", run.Resource.Account, run.Resource.Parent, $"{run.Resource.Name[(run.Resource.Parent.Length + 1)..]}.kindred");
        var report = Train(run, version, data.Set, files.Absolute(artifact));
        return new TrainingResult(artifact, report.Metrics, report.Rung, report.Duration, data.LastImportJobArn, data.EventsThrough);
    }

    public async Task PublishAsync(Arn resource, JobResult result)
    {
        if (!await Version(resource).CompleteAsync((TrainingResult)result))
        {
            Discard(result);
            return;
        }
        var solution = Arn.Solution(resource.Region, resource.Account, resource.Parent);
        await grains.GetGrain<ITenantControl>(resource.Account).SyncCampaignsAsync(solution);
    }

    public void Discard(JobResult result) => files.Delete(((TrainingResult)result).ArtifactPath);

    public Task FailAsync(Arn resource, string reason) => Version(resource).FailAsync(reason);

    public Task StopAsync(Arn resource) => Version(resource).StopAsync();

    private ISolutionVersionResource Version(Arn arn) => grains.GetGrain<ISolutionVersionResource>(arn.ToString());

    private TrainingReport Train(JobRun run, SolutionVersionState version, TrainingSet data, string artifactPath)
    {
        DurableFile.CreateDirectory(Path.GetDirectoryName(artifactPath)!);
        var config = version.Version!.SolutionConfig;
        var recipe = RecipeCatalog.Implementation(RecipeCatalog.FindByArn(version.Version.RecipeArn!)!.Name)
            ?? throw Refuse.Invalid($"The recipe {version.Version.RecipeArn} cannot be trained in this release.");
        return SolutionTrainer.Train(new SolutionTraining
        {
            Recipe = recipe,
            Settings = RecipeSettings.Parse(recipe.Description, config?.AlgorithmHyperParameters, config?.FeatureTransformationParameters, out _),
            Data = data,
            Events = SolutionRequestRules.Events(version.Version.EventType, config),
            ArtifactPath = artifactPath,
            Seed = Seed,
            Threads = options.ThreadsPerTraining,
            Progress = new RunProgress(run),
            CancellationToken = run.CancellationToken,
        });
    }

    private sealed class RunProgress(JobRun run) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => run.Report(ReadShare + (1 - ReadShare) * value.Fraction, value.Stage);
    }
}
