using Kindred.Contracts.Arns;
using Kindred.Contracts.Batches;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Datasets;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Grains.Solutions;
using Kindred.Storage.Artifacts;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Files;

/// <summary>
/// Removes what interrupted jobs left in the artifact store, when a silo starts. A leftover is what its owner, which exists, does not
/// name, was begun before this silo, and is made by no job that anybody does now. What belongs to an owner that the database does not
/// know stays: more likely than a forgotten file is a database in the wrong place.
/// </summary>
internal sealed partial class LeftoverSweep(
    Inventory inventory, IResourceCatalog catalog, IArtifactStore artifacts, SiloMembers members, TimeProvider clock, ILogger<LeftoverSweep> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var begunBefore = clock.GetUtcNow();
        var owners = await OwnersAsync();
        var named = await NamedAsync();
        var unknown = 0;
        await foreach (var artifact in artifacts.ListAsync(cancellationToken))
        {
            if (artifact.Owner is not { } owner || named.Contains(artifact.Name) || artifact.BegunAt >= begunBefore) continue;
            // A report of refused rows is named by its import job, and goes with its group.
            if (artifact.Name.StartsWith($"{ArtifactNames.Quarantine}/", StringComparison.Ordinal)) continue;
            if (!owners.TryGetValue(owner, out var isBusy)) unknown++;
            else if (!isBusy) await RemoveAsync(artifact, cancellationToken);
        }
        if (unknown > 0) LogUnknown(unknown);
    }

    private async Task RemoveAsync(StoredArtifact artifact, CancellationToken cancellationToken)
    {
        if (artifact.IsFolder) await artifacts.DeleteFolderAsync(artifact.Name, cancellationToken);
        else await artifacts.DeleteAsync(artifact.Name, cancellationToken);
        LogRemoved(artifact.Name);
    }

    /// <summary>The owners that exist, and whether a job that a living silo holds may be making something for them.</summary>
    private async Task<Dictionary<ArtifactOwner, bool>> OwnersAsync()
    {
        var busy = await BusyAsync();
        var groups = (await inventory.EverywhereAsync<DatasetGroupState>()).Select(group => group.Arn);
        var solutions = (await inventory.EverywhereAsync<SolutionState>()).Select(solution => solution.Arn);
        var recommenders = (await inventory.EverywhereAsync<RecommenderState>()).Select(recommender => recommender.Arn);
        return groups.Concat(solutions).Concat(recommenders).Select(ArtifactOwner.Of).Distinct().ToDictionary(owner => owner, busy.Contains);
    }

    private async Task<HashSet<ArtifactOwner>> BusyAsync()
    {
        var owned = (await inventory.EverywhereAsync<DatasetImportJobState>())
            .ToDictionary(job => job.Arn.ToString(), job => job.ImportJob.DatasetArn);
        foreach (var (job, folder) in await OutputsAsync()) owned[job] = folder.DatasetGroup;
        foreach (var job in await inventory.EverywhereAsync<DataDeletionJobState>()) owned[job.Arn.ToString()] = job.DeletionJob.DatasetGroupArn;
        var busy = new HashSet<ArtifactOwner>();
        await foreach (var (key, job) in catalog.ScanAllAsync<JobState>(StateNames.Job, ""))
        {
            if (job.LeaseHolder is not { } holder || !members.Has(holder)) continue;
            var resource = owned.TryGetValue(key, out var owner) ? owner : Arn.Parse(key);
            // A dataset's files are its group's.
            var type = resource.Type is ResourceTypes.Dataset ? ResourceTypes.DatasetGroup : resource.Type;
            busy.Add(new ArtifactOwner(type, resource.Account, resource.Parent));
        }
        return busy;
    }

    /// <summary>What the jobs that have not ended collect, by their ARNs.</summary>
    private async Task<Dictionary<string, (Arn DatasetGroup, string Folder)>> OutputsAsync()
    {
        var inferences = (await inventory.EverywhereAsync<BatchInferenceJobState>()).Select(job => ((IResourceState)job, job.Job.DatasetGroupArn));
        var segments = (await inventory.EverywhereAsync<BatchSegmentJobState>()).Select(job => ((IResourceState)job, job.Job.DatasetGroupArn));
        var exports = (await inventory.EverywhereAsync<DatasetExportJobState>()).Select(job => ((IResourceState)job, GroupOf(job.ExportJob.DatasetArn)));
        return inferences.Concat(segments).Concat(exports)
            .Where(work => ResourceStatus.IsUnfinished(work.Item1.Status))
            .ToDictionary(work => work.Item1.Arn.ToString(), work => (work.Item2, ArtifactNames.OutputFolder(work.Item2, work.Item1.Arn)));
    }

    private static Arn GroupOf(Arn dataset) => Arn.DatasetGroup(dataset.Region, dataset.Account, dataset.Parent);

    private async Task<HashSet<string>> NamedAsync()
    {
        var datasets = await inventory.EverywhereAsync<DatasetState>();
        var versions = await inventory.EverywhereAsync<SolutionVersionState>();
        // An endpoint names the quick model until it is told of the refined one, which the start does later.
        var campaigns = await inventory.EverywhereAsync<CampaignState>();
        var recommenders = await inventory.EverywhereAsync<RecommenderState>();
        var trainings = versions.Where(SolutionVersionRules.IsUnfinished)
            .Select(version => ArtifactNames.TrainingFolder(version.Arn));
        return datasets.SelectMany(dataset => DatasetRules.FilesOf(dataset.Data))
            .Concat(trainings)
            .Concat((await OutputsAsync()).Values.Select(output => output.Folder))
            .Concat(versions.Select(version => version.ArtifactPath).OfType<string>())
            .Concat(recommenders.SelectMany(state => new[] { state.Model?.ArtifactPath, state.Next?.ArtifactPath }).OfType<string>())
            .Concat(campaigns.SelectMany(campaign => new[] { campaign.Serving?.ArtifactPath, campaign.Pending?.ArtifactPath }).OfType<string>())
            .ToHashSet(StringComparer.Ordinal);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Artifact}, which an interrupted job left")]
    private partial void LogRemoved(string artifact);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Count} artifacts belong to dataset groups, solutions or recommenders that the database does not know; they are left alone")]
    private partial void LogUnknown(int count);
}
