using Kindred.Files;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Durability;
using Kindred.Storage.Objects;
using Kindred.Storage.Sql;
using Microsoft.Extensions.Hosting;

namespace Kindred.Storage;

/// <summary>
/// Takes the data folder before any service of the host starts, the silo among them. The container gives it back: it was
/// made early, so it is disposed after everything that still writes.
/// </summary>
internal sealed class StorageStartup(
    StorageOptions options, DataFolderLock folder, Migrator migrator, ObjectStore objects, LocalArtifactStore artifacts) : IHostedLifecycleService
{

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        folder.Take();
        migrator.Run();
        objects.DeleteInterruptedUploads();
        artifacts.RemoveDrafts();
        DurableFile.DeleteTemporaries(Path.Combine(options.Root, "events"));
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
