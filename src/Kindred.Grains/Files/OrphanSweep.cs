using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Datasets;
using Kindred.Grains.Resources;
using Kindred.Storage;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Files;

/// <summary>
/// Removes files that attempts left which died with the process: segments, snapshots and models that nothing names. It runs
/// at start, before the first job, when every file belongs to the past.
/// </summary>
internal sealed partial class OrphanSweep(Inventory inventory, StorageOptions storage, ILogger<OrphanSweep> logger)
{
    private static readonly string[] Folders = ["segments", "snapshots", "models"];
    private static readonly string[] Extensions = [".parquet", ".kds", ".kindred"];

    public async Task RunAsync()
    {
        var datasets = await inventory.AllAsync<DatasetState>(StateNames.Dataset, "");
        var versions = await inventory.AllAsync<SolutionVersionState>(StateNames.SolutionVersion, "");
        var named = datasets.SelectMany(dataset => DatasetRules.FilesOf(dataset.Data!))
            .Concat(versions.Select(version => version.ArtifactPath).OfType<string>())
            .Select(path => Path.GetFullPath(Path.Combine(storage.Root, path)))
            .ToHashSet(StringComparer.Ordinal);
        await Task.Run(() => Sweep(named));
    }

    private void Sweep(HashSet<string> named)
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var folder in Folders.Select(name => Path.Combine(storage.Root, name)).Where(Directory.Exists))
        {
            Storage.Durability.DurableFile.DeleteTemporaries(folder);
            foreach (var file in Directory.EnumerateFiles(folder, "*", everything).Where(file => Extensions.Contains(Path.GetExtension(file))))
            {
                if (named.Contains(file)) continue;
                File.Delete(file);
                LogRemoved(file);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {File}, which an interrupted job left")]
    private partial void LogRemoved(string file);
}
