using Kindred.Contracts.Access;
using Kindred.Contracts.Attribution;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Usage;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Attribution;
using Kindred.Storage.Audit;
using Kindred.Storage.Catalog;
using Kindred.Storage.Durability;
using Kindred.Storage.Events;
using Kindred.Storage.Objects;
using Kindred.Storage.Quotas;
using Kindred.Storage.Sql;
using Kindred.Storage.State;
using Kindred.Storage.Usage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Storage;

namespace Kindred.Storage;

public static class KindredStorageExtensions
{
    /// <summary>Part of every row's key: a deployment that changed it would not find its data.</summary>
    internal const string ServiceId = "kindred";

    // Orleans knows SQLite under this name and loads Microsoft.Data.Sqlite for it.
    private const string SqliteInvariant = "System.Data.SQLite";
    private const string AdoNetStorageName = "KindredAdoNet";

    /// <summary>
    /// Grain state ("Default") and reminders in <c>{data}/kindred.db</c>, and everything of
    /// <see cref="AddKindredStorageServices"/>.
    /// </summary>
    public static ISiloBuilder AddKindredStorage(this ISiloBuilder silo, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(silo);
        var services = silo.Services;
        services.AddKindredStorageServices(options);
        services.PostConfigure<ClusterOptions>(cluster => cluster.ServiceId = ServiceId);
        services.AddSingleton<IPersistentStateFactory, TypedStateFactory>();

        services.AddOptions<AdoNetGrainStorageOptions>(AdoNetStorageName).Configure<SqliteDatabase>((storage, database) =>
        {
            storage.Invariant = SqliteInvariant;
            storage.DataSource = database;
            storage.GrainStorageSerializer = new StateSerializer();
            storage.HashPicker = new StorageHasherPicker([new OrleansDefaultHasher()]);
            storage.DeleteStateOnClear = true;
        });
        silo.AddAdoNetGrainStorage(AdoNetStorageName, static (AdoNetGrainStorageOptions _) => { });
        services.AddKeyedSingleton<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, _) =>
            new OneWriterStorage(provider.GetRequiredKeyedService<IGrainStorage>(AdoNetStorageName), provider.GetRequiredService<WriterQueue>()));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));

        services.AddOptions<AdoNetReminderTableOptions>().Configure<SqliteDatabase>((reminders, database) =>
        {
            reminders.Invariant = SqliteInvariant;
            reminders.DataSource = database;
        });
        silo.UseAdoNetReminderService(static (AdoNetReminderTableOptions _) => { });
        // Orleans registers its own, internal type; the registration is taken back and served from behind the queue.
        var adoNetReminders = services.Last(s => s.ServiceType == typeof(IReminderTable));
        services.Remove(adoNetReminders);
        services.AddSingleton<IReminderTable>(provider => new OneWriterReminders(
            (IReminderTable)ActivatorUtilities.CreateInstance(provider, adoNetReminders.ImplementationType!),
            provider.GetRequiredService<WriterQueue>()));
        return silo;
    }

    /// <summary>
    /// The object store, the resource catalog, and the start-up that locks and prepares the data folder. Adding it twice is
    /// adding it once.
    /// </summary>
    public static IServiceCollection AddKindredStorageServices(this IServiceCollection services, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(options);
        services.TryAddSingleton<DataFolderLock>();
        services.TryAddSingleton<SqliteDatabase>();
        services.TryAddSingleton<Migrator>();
        services.TryAddSingleton<WriterQueue>();
        services.TryAddSingleton<IAuditTrail, AuditTrail>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StorageQuota>();
        services.TryAddSingleton<ObjectStore>();
        services.TryAddSingleton<IEventLog, DiskEventLog>();
        services.TryAddSingleton<LocalArtifactStore>();
        services.TryAddSingleton<IArtifactStore>(static provider => provider.GetRequiredService<LocalArtifactStore>());
        services.TryAddSingleton<IResourceCatalog, ResourceCatalog>();
        services.TryAddSingleton<IAccessKeyCatalog, AccessKeyCatalog>();
        services.TryAddSingleton<IAttributionSeries, AttributionSeries>();
        services.TryAddSingleton<UsageMeter>();
        services.TryAddSingleton<IUsageMeter>(static provider => provider.GetRequiredService<UsageMeter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StorageStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, UsageMeter>(
            static provider => provider.GetRequiredService<UsageMeter>()));
        return services;
    }
}
