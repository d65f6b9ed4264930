using Kindred.Storage.Durability;
using Kindred.Storage.Objects;
using Kindred.Storage.Sql;
using Microsoft.Extensions.Hosting;

namespace Kindred.Storage;

/// <summary>
/// Takes the data folder before any service of the host starts, the silo among them, and gives it back after the last has stopped.
/// </summary>
internal sealed class StorageStartup(DataFolderLock folder, Migrator migrator, SqliteDatabase database, ObjectStore objects) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        folder.Take();
        migrator.Run();
        objects.DeleteInterruptedUploads();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        database.CloseAll();
        folder.Dispose();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
