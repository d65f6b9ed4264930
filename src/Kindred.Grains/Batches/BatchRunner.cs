using Kindred.Contracts.Arns;
using Kindred.Contracts.Batches;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Contracts.Usage;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Batches;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Batches;
using Kindred.Storage.Objects;
using Kindred.Storage.Quotas;

namespace Kindred.Grains.Batches;

/// <summary>
/// Answers the lines of some files, and writes the answers into a bucket once all of them are there. What is answered is kept part by part:
/// an attempt goes on where the one before it ended.
/// </summary>
/// <param name="configOf">What the client set for the model's recommendations; null for nothing.</param>
internal sealed class BatchRunner<TState>(
    JobKind kind, Func<TState, BatchServing> configOf, IGrainFactory grains, ObjectStore objects, IArtifactStore artifacts, BatchAnswers answers,
    StorageQuota quota, IUsageMeter usage, JobOptions options) : IJobRunner
    where TState : class, IBatchJobState<TState>
{
    public JobKind Kind => kind;

    public async Task<JobResult> RunAsync(JobRun run)
    {
        run.Report(0, "opening the model");
        var state = await grains.ExpectAsync<TState>(run.Resource);
        var job = state.Job;
        using var session = await OpenAsync(state, run.CancellationToken);
        var sources = await objects.ListMatchingAsync(run.Resource.Account, job.Input.Path, run.CancellationToken);
        Check(sources);
        var folder = await artifacts.OpenFolderAsync(ArtifactNames.OutputFolder(job.DatasetGroupArn, run.Resource), run.CancellationToken);
        var work = new BatchWork(
            session, job.NumResults, options.ThreadsPerBatch, run, sources.Sum(source => source.SizeBytes),
            lines => usage.Count(run.Resource.Account, UsageMeasure.BatchLines, job.SolutionVersionArn.ToString(), lines));
        var outputs = new List<(StoredObject Source, OutputParts Parts)>();
        foreach (var source in sources)
        {
            await using var stream = await objects.OpenReadAsync(run.Resource.Account, source, run.CancellationToken);
            var parts = OutputParts.Open(folder.Path, source.Location);
            await work.AnswerAsync(source, stream, parts, () => quota.Check(run.Resource.Account));
            outputs.Add((source, parts));
        }
        if (outputs.All(output => output.Parts.Lines == 0))
            throw Refuse.Invalid($"There are no lines at '{job.Input.Path}'; one JSON object on each line was expected.");
        run.Report(0.99, "writing the output");
        foreach (var (source, parts) in outputs) await WriteAsync(job, source, parts, run.CancellationToken);
        // Of one object the request names the output; a folder may hold other files by the time that somebody looks.
        string[]? names = sources is [{ } only] && only.Location == job.Input.Path ? null : [.. sources.Select(OutputName)];
        return new WorkResult(outputs.Sum(output => output.Parts.Lines), outputs.Sum(output => output.Parts.Refused), names);
    }

    /// <summary>What was written is what any other attempt would have written.</summary>
    public Task DiscardAsync(Arn resource, JobResult result) => Task.CompletedTask;

    private static void Check(IReadOnlyList<StoredObject> sources)
    {
        if (sources.Count > BatchLimits.MaxFiles)
            throw Refuse.Invalid($"The input has {sources.Count} files; at most {BatchLimits.MaxFiles} are allowed.");
        var bytes = sources.Sum(source => source.SizeBytes);
        if (bytes > BatchLimits.MaxBytes)
            throw Refuse.Invalid($"The input has {bytes:N0} bytes; at most {BatchLimits.MaxBytes:N0} are allowed.");
    }

    /// <summary>A model that a refined one has replaced, file and all, is asked for anew.</summary>
    private async Task<BatchSession> OpenAsync(TState state, CancellationToken cancellationToken)
    {
        while (true)
        {
            var version = await grains.ExpectAsync<SolutionVersionState>(state.Job.SolutionVersionArn);
            try
            {
                return await answers.OpenAsync(TermsOf(state, version), cancellationToken);
            }
            catch (RefusedException)
            {
                if ((await grains.FindAsync<SolutionVersionState>(version.Arn))?.ArtifactPath == version.ArtifactPath) throw;
            }
        }
    }

    private BatchTerms TermsOf(TState state, SolutionVersionState version)
    {
        var config = configOf(state);
        return new BatchTerms
        {
            DatasetGroupArn = state.Job.DatasetGroupArn,
            Recipe = RecipeCatalog.FindByArn(version.Version.RecipeArn ?? "")?.Name
                ?? throw Refuse.Invalid($"The recipe {version.Version.RecipeArn} does not exist in this release."),
            ArtifactPath = version.ArtifactPath ?? throw Refuse.Invalid($"The solution version {version.Arn} has no model."),
            FilterArn = state.Job.FilterArn,
            NumResults = state.Job.NumResults,
            ItemExploration = config.ItemExploration ?? new Dictionary<string, string>(),
            RankingInfluence = config.RankingInfluence ?? new Dictionary<string, double>(),
        };
    }

    private static string OutputName(StoredObject source) => $"{source.Name}.out";

    private async Task WriteAsync(BatchJobRecord job, StoredObject source, OutputParts parts, CancellationToken cancellationToken)
    {
        var left = quota.Require(job.Arn.Account, parts.Taken.Sum(part => new FileInfo(part.Path).Length));
        await using var content = parts.Content();
        await objects.PutIntoAsync(job.Arn.Account, job.Output.Path, OutputName(source), content, left, cancellationToken);
    }
}

/// <summary>What a client can set for the recommendations of a batch.</summary>
internal sealed record BatchServing(IReadOnlyDictionary<string, string>? ItemExploration, IReadOnlyDictionary<string, double>? RankingInfluence);
