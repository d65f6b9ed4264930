using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Solutions;
using Kindred.Files;
using Kindred.Grains.Datasets;
using Kindred.Grains.Resources;
using Kindred.Grains.Solutions;
using Kindred.Storage;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Files;

/// <summary>
/// Removes what died with the process: segments, snapshots and models that nothing names, the folders of groups whose
/// delete was interrupted, and those of trainings that have ended. It runs at start, before the first job, when every file belongs to the past.
/// </summary>
internal sealed partial class OrphanSweep(Inventory inventory, StorageOptions storage, ILogger<OrphanSweep> logger)
{
    private static readonly string[] GroupFolders = ["segments", "snapshots", "quarantine", "events"];
    private static readonly string[] Folders = ["segments", "snapshots", "models"];
    private static readonly string[] Extensions = [".parquet", ".kds", ".kindred"];

    public async Task RunAsync()
    {
        var groups = (await inventory.AllAsync<DatasetGroupState>(StateNames.DatasetGroup, ""))
            .Select(group => Arn.Parse(group.DatasetGroup!.DatasetGroupArn!)).Select(arn => Path.Combine(arn.Account, arn.Name)).ToHashSet(StringComparer.Ordinal);
        // A database without groups beside full folders is more likely a database in the wrong place than a deployment where all was deleted.
        if (groups.Count == 0) return;

        var datasets = await inventory.AllAsync<DatasetState>(StateNames.Dataset, "");
        var versions = await inventory.AllAsync<SolutionVersionState>(StateNames.SolutionVersion, "");
        // A campaign names the quick model until it is told of the refined one, which the start does later.
        var campaigns = await inventory.AllAsync<CampaignState>(StateNames.Campaign, "");
        var training = versions.Where(SolutionVersionRules.IsUnfinished).Select(version => Path.Combine(storage.Root, VersionFiles.TrainingFolder(Arn.Parse(version.Version!.SolutionVersionArn!))))
            .ToHashSet(StringComparer.Ordinal);
        var named = datasets.SelectMany(dataset => DatasetRules.FilesOf(dataset.Data!))
            .Concat(versions.Select(version => version.ArtifactPath).OfType<string>())
            .Concat(campaigns.SelectMany(campaign => new[] { campaign.Serving?.ArtifactPath, campaign.Pending?.ArtifactPath }).OfType<string>())
            .Select(path => Path.GetFullPath(Path.Combine(storage.Root, path)))
            .ToHashSet(StringComparer.Ordinal);
        await Task.Run(() =>
        {
            SweepGroups(groups);
            Sweep(named);
            SweepTrainings(training);
        });
    }

    /// <param name="groups">Those that exist, each as <c>account/name</c>.</param>
    private void SweepGroups(HashSet<string> groups)
    {
        foreach (var kind in GroupFolders.Select(name => Path.Combine(storage.Root, name)).Where(Directory.Exists))
        {
            foreach (var folder in Directory.EnumerateDirectories(kind).SelectMany(Directory.EnumerateDirectories))
            {
                if (groups.Contains(Path.GetRelativePath(kind, folder))) continue;
                Directory.Delete(folder, recursive: true);
                LogRemoved(folder);
            }
        }
    }

    /// <param name="unfinished">The folders of trainings that go on.</param>
    private void SweepTrainings(HashSet<string> unfinished)
    {
        var root = Path.Combine(storage.Root, VersionFiles.TrainingsFolder);
        if (!Directory.Exists(root)) return;
        foreach (var folder in Directory.EnumerateDirectories(root).SelectMany(Directory.EnumerateDirectories).SelectMany(Directory.EnumerateDirectories))
        {
            if (unfinished.Contains(folder)) continue;
            Directory.Delete(folder, recursive: true);
            LogRemoved(folder);
        }
    }

    private void Sweep(HashSet<string> named)
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var folder in Folders.Select(name => Path.Combine(storage.Root, name)).Where(Directory.Exists))
        {
            DurableFile.DeleteTemporaries(folder);
            foreach (var file in Directory.EnumerateFiles(folder, "*", everything).Where(file => Extensions.Contains(Path.GetExtension(file))))
            {
                if (named.Contains(file)) continue;
                File.Delete(file);
                LogRemoved(file);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {File}, which an interrupted job or delete left")]
    private partial void LogRemoved(string file);
}
