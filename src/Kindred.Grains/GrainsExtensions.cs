using Kindred.Contracts.Jobs;
using Kindred.Grains.Campaigns;
using Kindred.Grains.Datasets;
using Kindred.Grains.Events;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Grains.Schemas;
using Kindred.Grains.Solutions;
using Kindred.Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kindred.Grains;

public static class GrainsExtensions
{
    /// <summary>Adds the tenants' resources and their jobs to a silo that has Kindred's storage and serving.</summary>
    public static ISiloBuilder AddKindredGrains(this ISiloBuilder silo, JobOptions? jobs = null, TenantLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.AddIncomingGrainCallFilter<TenantIsolationFilter>();
        var services = silo.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(jobs ?? new JobOptions());
        services.AddSingleton(limits ?? new TenantLimits());
        services.AddResources();
        services.AddJobs();
        return silo;
    }

    private static void AddResources(this IServiceCollection services)
    {
        services.AddSingleton<Inventory>();
        services.AddSingleton<DataFiles>();
        services.AddSingleton<LeftoverSweep>();
        services.AddSingleton<SchemaOperations>();
        services.AddSingleton<DatasetGroupOperations>();
        services.AddSingleton<DatasetOperations>();
        services.AddSingleton<ImportJobOperations>();
        services.AddSingleton<SolutionOperations>();
        services.AddSingleton<SolutionVersionOperations>();
        services.AddSingleton<NewItemsProbe>();
        services.AddSingleton<CampaignOperations>();
        services.AddSingleton<EventTrackerOperations>();
        services.AddSingleton<TagOperations>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, EventLogStart>();
    }

    private static void AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<IJobDecision, ImportDecision>();
        services.AddSingleton<IJobRunner, ImportRunner>();
        services.AddSingleton<IJobDecision, CompactionDecision>();
        services.AddSingleton<IJobRunner, CompactionRunner>();
        services.AddSingleton<IJobDecision, DeployDecision>();
        services.AddSingleton<IJobRunner, DeployRunner>();
        services.AddSingleton<TrainingDataReader>();
        services.AddSingleton<VersionFiles>();
        foreach (var kind in new[] { JobKind.Train, JobKind.TrainFully })
        {
            services.AddSingleton<IJobDecision>(provider => ActivatorUtilities.CreateInstance<TrainingDecision>(provider, kind));
            services.AddSingleton<IJobRunner>(provider => ActivatorUtilities.CreateInstance<TrainingRunner>(provider, kind));
        }
        services.AddSingleton<SiloMembers>();
        services.AddSingleton<JobExecutor>();
        services.AddSingleton<CompactionSchedule>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, JobLifecycle>();
    }
}
