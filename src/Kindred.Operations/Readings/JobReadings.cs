using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Import;
using Microsoft.Extensions.Options;

namespace Kindred.Operations.Readings;

/// <summary>
/// What the contract has no words for: how far jobs are, how the rows of an import fared, and how a version was, or is being, trained.
/// Needs the scope <c>read</c>. Grains are asked in the name of whoever has entered.
/// </summary>
public sealed class JobReadings(IResourceCatalog catalog, IGrainFactory grains, IArtifactStore artifacts, IOptions<OperationOptions> options)
{
    /// <summary>Most data deletion jobs of a list.</summary>
    public const int MostDeletions = 100;

    /// <summary>The jobs of the tenant that wait or run, the oldest first.</summary>
    public async Task<IReadOnlyList<JobDescription>> ListAsync(Principal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Read, "jobs:List");
        var mine = $"arn:aws:personalize:{options.Value.Region}:{principal.Account}:";
        var jobs = new List<JobDescription>();
        await foreach (var entry in catalog.ScanAllAsync<JobState>(StateNames.Job, mine, cancellationToken))
        {
            if (entry.State.Kind is JobKind.None) continue; // a job that has ended leaves a row behind
            if (await grains.GetGrain<IJobGrain>(entry.Key).DescribeAsync(cancellationToken) is { } job) jobs.Add(job);
        }
        return [.. jobs.OrderBy(job => job.StartedAt)];
    }

    /// <exception cref="RefusedException">ResourceNotFound: the tenant has no such import.</exception>
    public async Task<ImportReading> DescribeImportAsync(Principal principal, Arn importJob, CancellationToken cancellationToken)
    {
        var state = await FindAsync<DatasetImportJobState>(principal, importJob, "jobs:Describe", cancellationToken);
        var report = await ImportReport.FindAsync(artifacts, GroupOf(state), importJob, cancellationToken);
        return new ImportReading(state, report, await DescribeJobAsync(importJob, cancellationToken));
    }

    /// <exception cref="RefusedException">ResourceNotFound: the tenant has no such data deletion job.</exception>
    public async Task<DeletionReading> DescribeDeletionAsync(Principal principal, Arn deletionJob, CancellationToken cancellationToken)
    {
        var state = await FindAsync<DataDeletionJobState>(principal, deletionJob, "jobs:Describe", cancellationToken);
        return new DeletionReading(state, await DescribeJobAsync(deletionJob, cancellationToken));
    }

    /// <returns>The data deletion jobs of a dataset group, the newest first; at most <see cref="MostDeletions"/>.</returns>
    /// <exception cref="RefusedException">ResourceNotFound: the tenant has no such group.</exception>
    public async Task<IReadOnlyList<DeletionReading>> ListDeletionsAsync(
        Principal principal, Arn datasetGroup, CancellationToken cancellationToken)
    {
        await FindAsync<DatasetGroupState>(principal, datasetGroup, "jobs:List", cancellationToken);
        var found = await catalog.ScanChildrenAsync<DataDeletionJobState>(datasetGroup, cancellationToken)
            .OrderByDescending(job => job.DeletionJob.CreatedAt).Take(MostDeletions).ToListAsync(cancellationToken);
        return await Task.WhenAll(found.Select(async job => new DeletionReading(
            job, ResourceStatus.IsUnfinished(job.Status) ? await DescribeJobAsync(job.Arn, cancellationToken) : null)));
    }

    /// <summary>The rows that an import refused, as a CSV file; whoever opens it disposes it.</summary>
    /// <exception cref="RefusedException">ResourceNotFound: there is no such import, or it refused none.</exception>
    public async Task<ArtifactCopy> OpenRefusedRowsAsync(Principal principal, Arn importJob, CancellationToken cancellationToken)
    {
        var state = await FindAsync<DatasetImportJobState>(principal, importJob, "jobs:Describe", cancellationToken);
        try
        {
            return await artifacts.OpenAsync(ArtifactNames.QuarantineOf(GroupOf(state), importJob), cancellationToken);
        }
        catch (FileNotFoundException)
        {
            throw new RefusedException(RefusalCode.ResourceNotFound, $"The import {importJob} has refused no rows.");
        }
    }

    /// <exception cref="RefusedException">ResourceNotFound: the tenant has no such version.</exception>
    public async Task<VersionReading> DescribeVersionAsync(Principal principal, Arn version, CancellationToken cancellationToken)
    {
        var state = await FindAsync<SolutionVersionState>(principal, version, "solution-versions:Describe", cancellationToken);
        return new VersionReading(state, await DescribeJobAsync(version, cancellationToken));
    }

    /// <returns>The versions of a solution, the newest first.</returns>
    /// <exception cref="RefusedException">ResourceNotFound: the tenant has no such solution.</exception>
    public async Task<IReadOnlyList<VersionReading>> ListVersionsAsync(Principal principal, Arn solution, CancellationToken cancellationToken)
    {
        await FindAsync<SolutionState>(principal, solution, "solution-versions:List", cancellationToken);
        var versions = await catalog.ScanChildrenAsync<SolutionVersionState>(solution, cancellationToken)
            .OrderByDescending(version => version.Sequence).ToListAsync(cancellationToken);
        return await ReadAsync(versions, cancellationToken);
    }

    /// <returns>The newest version of each solution of a dataset group that has one.</returns>
    /// <exception cref="RefusedException">ResourceNotFound: the tenant has no such group.</exception>
    public async Task<IReadOnlyList<VersionReading>> ListNewestVersionsAsync(
        Principal principal, Arn datasetGroup, CancellationToken cancellationToken)
    {
        await FindAsync<DatasetGroupState>(principal, datasetGroup, "solution-versions:List", cancellationToken);
        var newest = await catalog.ScanAccountAsync<SolutionVersionState>(datasetGroup.Region, datasetGroup.Account, cancellationToken)
            .Where(version => version.Version.DatasetGroupArn == datasetGroup)
            .GroupBy(version => version.Version.SolutionArn)
            .Select(versions => versions.MaxBy(version => version.Sequence)!).ToListAsync(cancellationToken);
        return await ReadAsync(newest, cancellationToken);
    }

    /// <exception cref="RefusedException">ResourceNotFound: the tenant has no such recommender.</exception>
    public async Task<RecommenderReading> DescribeRecommenderAsync(Principal principal, Arn recommender, CancellationToken cancellationToken) =>
        await ReadAsync(await FindAsync<RecommenderState>(principal, recommender, "recommenders:Describe", cancellationToken), cancellationToken);

    /// <returns>The recommenders of a dataset group, by name.</returns>
    /// <exception cref="RefusedException">ResourceNotFound: the tenant has no such group.</exception>
    public async Task<IReadOnlyList<RecommenderReading>> ListRecommendersAsync(
        Principal principal, Arn datasetGroup, CancellationToken cancellationToken)
    {
        await FindAsync<DatasetGroupState>(principal, datasetGroup, "recommenders:List", cancellationToken);
        var found = await catalog.ScanChildrenAsync<RecommenderState>(datasetGroup, cancellationToken)
            .OrderBy(recommender => recommender.Recommender.Name, StringComparer.OrdinalIgnoreCase).ToListAsync(cancellationToken);
        return await Task.WhenAll(found.Select(recommender => ReadAsync(recommender, cancellationToken)));
    }

    private async Task<RecommenderReading> ReadAsync(RecommenderState recommender, CancellationToken cancellationToken)
    {
        var serving = recommender.Model is { } model ? await catalog.FindAsync<SolutionVersionState>(model.VersionArn, cancellationToken) : null;
        // A first training, or a better model than the one that serves.
        var training = recommender.TrainingArn is { } arn ? Arn.Parse(arn)
            : serving is not null && VersionReading.IsWorkedOn(serving) ? serving.Arn : (Arn?)null;
        return new RecommenderReading(recommender, serving, training is { } version ? await DescribeJobAsync(version, cancellationToken) : null);
    }

    private async Task<IReadOnlyList<VersionReading>> ReadAsync(IEnumerable<SolutionVersionState> versions, CancellationToken cancellationToken) =>
        await Task.WhenAll(versions.Select(async version => new VersionReading(
            version, VersionReading.IsWorkedOn(version) ? await DescribeJobAsync(version.Arn, cancellationToken) : null)));

    private Task<JobDescription?> DescribeJobAsync(Arn resource, CancellationToken cancellationToken) =>
        grains.GetGrain<IJobGrain>(resource.ToString()).DescribeAsync(cancellationToken);

    private async Task<TState> FindAsync<TState>(Principal principal, Arn arn, string action, CancellationToken cancellationToken)
        where TState : class, IResourceState<TState>
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Read, action);
        // Another tenant's is as if there were none.
        var state = arn.Account == principal.Account && arn.Region == options.Value.Region
            ? await catalog.FindAsync<TState>(arn, cancellationToken) : null;
        return state ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no resource with the ARN {arn}.");
    }

    private static Arn GroupOf(DatasetImportJobState state)
    {
        var dataset = state.ImportJob.DatasetArn;
        return Arn.DatasetGroup(dataset.Region, dataset.Account, dataset.Parent);
    }
}
