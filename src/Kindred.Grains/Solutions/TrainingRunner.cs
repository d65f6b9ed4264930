using System.Globalization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Recipes;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;
using Kindred.Serving;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Quotas;

namespace Kindred.Grains.Solutions;

/// <summary>
/// Trains a solution version on everything its dataset group holds when its first training begins: the quick model, if the recipe has
/// one, and then the full one on the same data. What a full training has worked out survives the process.
/// </summary>
/// <param name="kind">Quick trainings and full ones are jobs of two kinds; which a version needs, <see cref="TrainingLadder"/> says.</param>
internal sealed class TrainingRunner(
    JobKind kind, IGrainFactory grains, TrainingDataReader reader, VersionFiles versions,
    IArtifactStore artifacts, ModelStore models, Inventory inventory,
    StorageQuota quota, JobOptions options) : IJobRunner
{
    // The same data gives the same model, also for another version; nothing is gained by another seed.
    private const int Seed = 1;

    // Reading takes a small part of the time that training takes.
    private const double ReadShare = 0.1;

    public JobKind Kind => kind;

    public async Task<JobResult> RunAsync(JobRun run)
    {
        var version = await grains.ExpectAsync<SolutionVersionState>(run.Resource);
        var recipe = RecipeOf(version);
        var effort = TrainingLadder.Next(version, recipe, options.QuickFirst) ?? throw new OperationCanceledException("Nothing is left to train.");
        quota.Require(run.Resource.Account, bytes: 0);
        try
        {
            var folder = await versions.OpenTrainingAsync(run.Resource, run.CancellationToken);
            var data = await PrepareAsync(run, version, recipe, effort, folder);
            var result = await TrainAsync(run, version, recipe, effort, data, folder);
            if (result.MoreFollows) Keep(folder, data, run.CancellationToken);
            await WarmAsync(run, result);
            return result;
        }
        catch (OperationCanceledException) when (run.Ending is JobEnding.Cancelled)
        {
            await versions.DeleteTrainingAsync(run.Resource); // nobody goes on with it
            throw;
        }
    }

    /// <summary>Every attempt at one training makes the same file: it stays where another attempt has published it, or may yet.</summary>
    public async Task DiscardAsync(Arn resource, JobResult result)
    {
        var path = ((TrainingResult)result).ArtifactPath;
        if (await grains.FindAsync<SolutionVersionState>(resource) is { } version
            && (SolutionVersionRules.IsUnfinished(version) || version.ArtifactPath == path))
            return;
        await versions.DeleteModelsAsync(path);
    }

    private static IRecipe? RecipeOf(SolutionVersionState version) =>
        version.Version.RecipeArn is not { } arn ? null
        : RecipeCatalog.Implementation(RecipeCatalog.FindByArn(arn)!.Name)
            ?? throw Refuse.Invalid($"The recipe {arn} cannot be trained in this release.");

    private async Task<TrainingData> PrepareAsync(
        JobRun run, SolutionVersionState version, IRecipe? recipe, TrainingEffort effort, TrainingFolder folder)
    {
        run.Report(0, "reading the data");
        if (TrainingSetFile.TryRead(folder.DataFile) is var (set, facts))
        {
            var deletions = facts.TryGetValue("deletions", out var known) ? long.Parse(known, CultureInfo.InvariantCulture) : 0;
            if (deletions == await reader.DeletionsAsync(version.Version.DatasetGroupArn, recipe?.Description))
                return new TrainingData(set, facts.GetValueOrDefault("import"), facts.GetValueOrDefault("items"),
                    long.Parse(facts["events"], CultureInfo.InvariantCulture), deletions);
            folder.Clear(); // users were deleted since: neither their data nor what was worked out from them is used again
        }
        var data = await reader.ReadAsync(
            version.Version.DatasetGroupArn, recipe?.Description, version.Version.Config?.TrainingDataConfig, run, ReadShare);
        if (effort is TrainingEffort.Full) Keep(folder, data, run.CancellationToken);
        return data;
    }

    /// <summary>From here on every training of the version sees this data, whatever happens to the dataset.</summary>
    private static void Keep(TrainingFolder folder, TrainingData data, CancellationToken cancellationToken)
    {
        var facts = new Dictionary<string, string>
        {
            ["events"] = data.EventsThrough.ToString(CultureInfo.InvariantCulture),
            ["deletions"] = data.Deletions.ToString(CultureInfo.InvariantCulture),
        };
        if (data.LastImportJobArn is { } import) facts["import"] = import;
        if (data.LastItemsImportJobArn is { } items) facts["items"] = items;
        TrainingSetFile.Write(folder.DataFile, data.Set, facts, cancellationToken);
    }

    /// <summary>A training that would take the process down with it does not begin.</summary>
    private void CheckMemory(IRecipe recipe, SolutionVersionState version, TrainingEffort effort, TrainingData data)
    {
        var settings = RecipeSettings.Parse(
            recipe.Description, version.Version.Config?.AlgorithmHyperParameters, version.Version.Config?.FeatureTransformationParameters, out _);
        var quote = TrainingQuotes.Of(recipe, settings, DataShape.Of(data.Set), effort, options.ThreadsPerTraining);
        if (quote.PeakBytes > options.MaxTrainingBytes)
            throw Refuse.Invalid(
                $"The training would take about {quote.PeakBytes >> 20} MiB of memory; {options.MaxTrainingBytes >> 20} MiB are there for one. "
                + "Train on less data, with fewer columns or another recipe, or give the deployment more memory.");
    }

    /// <summary>What the training goes on from: an older version, or the model that serves; null = from nothing.</summary>
    private async Task<SolutionVersionState?> BaseAsync(SolutionVersionState version) =>
        SolutionVersionRules.IsUpdating(version) ? version
        : version.UpdatesVersionArn is not { } arn ? null
        : await grains.FindAsync<SolutionVersionState>(Arn.Parse(arn))
            ?? throw Refuse.Invalid($"The solution version {arn}, which was to be updated, is not there any more.");

    private async Task<TrainingResult> TrainAsync(
        JobRun run, SolutionVersionState version, IRecipe? recipe, TrainingEffort effort, TrainingData data, TrainingFolder folder)
    {
        if (recipe is not null) CheckMemory(recipe, version, effort, data);
        var from = await BaseAsync(version);
        var artifact = VersionFiles.Artifact(run.Resource, effort, SolutionVersionRules.IsUpdating(version) ? version.Updates + 1 : version.Updates);
        var config = version.Version.Config;
        using var before = from is null ? null : await artifacts.OpenAsync(from.ArtifactPath!, run.CancellationToken);
        using var model = before is null ? null : recipe!.Open(ModelArtifact.Open(before.Path));
        using var draft = artifacts.Begin(artifact);
        var order = new SolutionTraining
        {
            Recipe = recipe,
            Settings = recipe is null ? null : RecipeSettings.Parse(
                recipe.Description,
                from?.Version.Tuned?.Algorithm ?? config?.AlgorithmHyperParameters,
                config?.FeatureTransformationParameters, out _).With(SolutionRequestRules.Objective(config?.OptimizationObjective)),
            Search = from is null ? SearchRequestRules.Search(version.Version, recipe, options.SearchBudget) : null, // what was found stays
            From = model,
            Data = data.Set,
            Events = SolutionRequestRules.Events(version.Version.EventType, config),
            ArtifactPath = draft.Path,
            Now = version.Version.CreatedAt,
            Seed = Seed,
            Threads = options.ThreadsPerTraining,
            Effort = effort,
            Checkpoints = effort is TrainingEffort.Full ? folder.Checkpoints : null,
            Progress = new RunProgress(run),
            CancellationToken = run.CancellationToken,
        };
        var report = BackgroundThread.Run("training", () => SolutionTrainer.Train(order));
        await draft.PublishAsync(run.CancellationToken);
        var trained = RecipeCatalog.Find(report.Recipe)!;
        return new TrainingResult
        {
            ArtifactPath = artifact, Metrics = report.Metrics, Rung = report.Rung, Habit = report.Habit.ToString(), Duration = report.Duration,
            LastImportJobArn = data.LastImportJobArn, LastItemsImportJobArn = data.LastItemsImportJobArn, EventsThrough = data.EventsThrough,
            MoreFollows = TrainingLadder.IsFollowed(version, recipe, effort), RecipeArn = trained.Arn,
            Tuned = version.Version.PerformHPO ? SearchRequestRules.Tuned(trained, report.Settings) : null,
            QuotedDuration = report.Quote.Duration, QuotedBytes = report.Quote.PeakBytes,
            Curve = run.Curve.Count > 0 ? run.Curve : null, Intervals = IntervalsOf(report.Estimates),
            Popularity = report.Popularity?.ToDictionary(metric => metric.Key, metric => metric.Value.Value),
            PopularityIntervals = report.Popularity is { } popularity ? IntervalsOf(popularity) : null,
        };
    }

    /// <summary>Where the version is served already, the next request finds the new model open.</summary>
    private async Task WarmAsync(JobRun run, TrainingResult result)
    {
        if (await IsServedAsync(run.Resource))
            await models.WarmAsync(RecipeCatalog.FindByArn(result.RecipeArn)!.Name, result.ArtifactPath, run.CancellationToken);
    }

    private async Task<bool> IsServedAsync(Arn version) => version.Type is ResourceTypes.Recommender
        ? (await grains.FindAsync<RecommenderState>(RecommenderState.Kind.ArnOf(version.Region, version.Account, version.Parent)))
            ?.Model?.VersionArn == version
        : (await inventory.InAsync<CampaignState>(Arn.Solution(version.Region, version.Account, version.Parent)))
            .Exists(campaign => campaign.Serving?.SolutionVersionArn == version);

    private static Dictionary<string, MetricInterval> IntervalsOf(IReadOnlyDictionary<string, MetricEstimate> estimates) =>
        estimates.Where(metric => metric.Value.High > metric.Value.Low)
            .ToDictionary(metric => metric.Key, metric => new MetricInterval(metric.Value.Low, metric.Value.High));

    private sealed class RunProgress(JobRun run) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => run.Report(
            ReadShare + (1 - ReadShare) * value.Fraction, value.Stage,
            value.Point is { } point ? new CurvePoint(point.Epoch, point.Epochs, point.Ndcg, point.PopularityNdcg) : null);
    }
}
