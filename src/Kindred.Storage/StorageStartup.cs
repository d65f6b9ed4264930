using Kindred.Files;
using Kindred.Storage.Durability;
using Kindred.Storage.Objects;
using Kindred.Storage.Sql;
using Microsoft.Extensions.Hosting;

namespace Kindred.Storage;

/// <summary>
/// Takes the data folder before any service of the host starts, the silo among them. The container gives it back: it was
/// made early, so it is disposed after everything that still writes.
/// </summary>
internal sealed class StorageStartup(StorageOptions options, DataFolderLock folder, Migrator migrator, ObjectStore objects) : IHostedLifecycleService
{
    private static readonly string[] WrittenFolders = ["segments", "snapshots", "quarantine", "events", "models", "trainings"];

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        folder.Take();
        migrator.Run();
        objects.DeleteInterruptedUploads();
        foreach (var name in WrittenFolders) DurableFile.DeleteTemporaries(Path.Combine(options.Root, name));
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
