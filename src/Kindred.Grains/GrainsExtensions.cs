using Kindred.Contracts.Access;
using Kindred.Contracts.Attribution;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Batches;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Events;
using Kindred.Contracts.Filters;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Schemas;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Access;
using Kindred.Grains.Attribution;
using Kindred.Grains.Batches;
using Kindred.Grains.Campaigns;
using Kindred.Grains.Datasets;
using Kindred.Grains.Deletions;
using Kindred.Grains.Events;
using Kindred.Grains.Files;
using Kindred.Grains.Filters;
using Kindred.Grains.Jobs;
using Kindred.Grains.Recommenders;
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
        services.AddSingleton<TenantAllowances>();
        services.AddResources();
        services.AddJobs();
        return silo;
    }

    /// <summary>Parents first: what comes later may use what comes before.</summary>
    private static void AddResources(this IServiceCollection services)
    {
        services.AddSingleton<ResourceKinds>();
        services.AddSingleton<Inventory>();
        services.AddSingleton<DeletionGuard>();
        services.AddResource<SchemaState, SchemaOperations>()
            .Answers<CreateSchemaRequest, CreateSchemaResponse>((schemas, request, caller) => schemas.CreateAsync(request, caller))
            .Deletes<DeleteSchemaRequest>(request => request.SchemaArn);
        services.AddResource<DatasetGroupState, DatasetGroupOperations>()
            .Answers<CreateDatasetGroupRequest, CreateDatasetGroupResponse>((groups, request, caller) => groups.CreateAsync(request, caller))
            .Deletes<DeleteDatasetGroupRequest>(request => request.DatasetGroupArn, (groups, group) => groups.DeleteAsync(group));
        services.AddResource<DatasetState, DatasetOperations>()
            .Answers<CreateDatasetRequest, CreateDatasetResponse>((datasets, request, caller) => datasets.CreateAsync(request, caller))
            .Answers<UpdateDatasetRequest, UpdateDatasetResponse>((datasets, request, caller) => datasets.UpdateAsync(request, caller))
            .Deletes<DeleteDatasetRequest>(request => request.DatasetArn, (datasets, dataset) => datasets.DeleteAsync(dataset));
        services.AddResource<DatasetImportJobState, ImportJobOperations>()
            .Answers<CreateDatasetImportJobRequest, CreateDatasetImportJobResponse>((jobs, request, caller) => jobs.CreateAsync(request, caller))
            .Waits((state, _) => ResourceStatus.IsUnfinished(state.Status) ? (JobKind.Import, state.ImportJob.CreatedAt) : null);
        services.AddResource<DatasetExportJobState, ExportJobOperations>()
            .Answers<CreateDatasetExportJobRequest, CreateDatasetExportJobResponse>((jobs, request, caller) => jobs.CreateAsync(request, caller))
            .Waits((state, _) => ResourceStatus.IsUnfinished(state.Status) ? (JobKind.Export, state.ExportJob.CreatedAt) : null);
        services.AddResource<DataDeletionJobState, DataDeletionOperations>()
            .Answers<CreateDataDeletionJobRequest, CreateDataDeletionJobResponse>((jobs, request, caller) => jobs.CreateAsync(request, caller))
            .Waits((state, _) => ResourceStatus.IsUnfinished(state.Status) ? (JobKind.DeleteData, state.DeletionJob.CreatedAt) : null);
        services.AddResource<SolutionState, SolutionOperations>()
            .Answers<CreateSolutionRequest, CreateSolutionResponse>((solutions, request, caller) => solutions.CreateAsync(request, caller))
            .Answers<UpdateSolutionRequest, UpdateSolutionResponse>((solutions, request, caller) => solutions.UpdateAsync(request, caller))
            .Deletes<DeleteSolutionRequest>(request => request.SolutionArn, (solutions, solution) => solutions.DeleteAsync(solution));
        services.AddResource<SolutionVersionState, SolutionVersionOperations>()
            .Answers<CreateSolutionVersionRequest, CreateSolutionVersionResponse>(
                (versions, request, caller) => versions.CreateAsync(request, caller))
            .Obeys<StopSolutionVersionCreationRequest>((versions, request, caller) => versions.StopAsync(request, caller))
            .Waits((state, options) => SolutionVersionRules.IsUnfinished(state)
                ? (TrainingLadder.KindOf(state, options.QuickFirst), state.Version.CreatedAt) : null);
        services.AddResource<CampaignState, CampaignOperations>()
            .Answers<CreateCampaignRequest, CreateCampaignResponse>((campaigns, request, caller) => campaigns.CreateAsync(request, caller))
            .Answers<UpdateCampaignRequest, UpdateCampaignResponse>((campaigns, request, caller) => campaigns.UpdateAsync(request, caller))
            .Deletes<DeleteCampaignRequest>(request => request.CampaignArn, (campaigns, campaign) => campaigns.DeleteAsync(campaign))
            .Waits((state, _) => state.Pending is null ? null
                : (JobKind.Deploy, state.Campaign.LatestUpdate?.CreatedAt ?? state.Campaign.CreatedAt));
        services.AddResource<RecommenderState, RecommenderOperations>()
            .Answers<CreateRecommenderRequest, CreateRecommenderResponse>(
                (recommenders, request, caller) => recommenders.CreateAsync(request, caller))
            .Answers<UpdateRecommenderRequest, UpdateRecommenderResponse>(
                (recommenders, request, caller) => recommenders.UpdateAsync(request, caller))
            .Answers<StartRecommenderRequest, StartRecommenderResponse>(
                (recommenders, request, caller) => recommenders.StartAsync(request, caller))
            .Answers<StopRecommenderRequest, StopRecommenderResponse>(
                (recommenders, request, caller) => recommenders.StopAsync(request, caller))
            .Deletes<DeleteRecommenderRequest>(
                request => request.RecommenderArn, (recommenders, recommender) => recommenders.DeleteAsync(recommender))
            .Waits((state, _) => state.Next is null ? null
                : (JobKind.Deploy, state.Recommender.LatestUpdate?.CreatedAt ?? state.Recommender.CreatedAt));
        services.AddResource<FilterState, FilterOperations>()
            .Answers<CreateFilterRequest, CreateFilterResponse>((filters, request, caller) => filters.CreateAsync(request, caller))
            .Deletes<DeleteFilterRequest>(request => request.FilterArn);
        services.AddResource<BatchInferenceJobState, BatchJobOperations>()
            .Answers<CreateBatchInferenceJobRequest, CreateBatchInferenceJobResponse>((jobs, request, caller) => jobs.CreateAsync(request, caller))
            .Waits((state, _) => ResourceStatus.IsUnfinished(state.Status) ? (JobKind.BatchInference, state.Job.CreatedAt) : null);
        services.AddResource<BatchSegmentJobState, BatchJobOperations>()
            .Answers<CreateBatchSegmentJobRequest, CreateBatchSegmentJobResponse>((jobs, request, caller) => jobs.CreateAsync(request, caller))
            .Waits((state, _) => ResourceStatus.IsUnfinished(state.Status) ? (JobKind.BatchSegment, state.Job.CreatedAt) : null);
        services.AddResource<MetricAttributionState, MetricAttributionOperations>()
            .Answers<CreateMetricAttributionRequest, CreateMetricAttributionResponse>(
                (attributions, request, caller) => attributions.CreateAsync(request, caller))
            .Answers<UpdateMetricAttributionRequest, UpdateMetricAttributionResponse>(
                (attributions, request, caller) => attributions.UpdateAsync(request, caller))
            .Deletes<DeleteMetricAttributionRequest>(
                request => request.MetricAttributionArn, (attributions, attribution) => attributions.DeleteAsync(attribution));
        services.AddSingleton<AttributionSchedule>();
        services.AddSingleton<AttributionReports>();
        services.AddResource<EventTrackerState, EventTrackerOperations>()
            .Answers<CreateEventTrackerRequest, CreateEventTrackerResponse>((trackers, request, caller) => trackers.CreateAsync(request, caller))
            .Deletes<DeleteEventTrackerRequest>(request => request.EventTrackerArn);
        services.AddSingleton<AccessKeyOperations>();
        services.AddSingleton(provider => new TenantChange<IssueAccessKey>(provider.GetRequiredService<AccessKeyOperations>().IssueAsync));
        services.AddSingleton(provider => new TenantChange<RevokeAccessKey>(provider.GetRequiredService<AccessKeyOperations>().RevokeAsync));
        services.AddSingleton(provider => new TenantChange<UpdateAccessKey>(provider.GetRequiredService<AccessKeyOperations>().UpdateAsync));
        services.AddSingleton<TagOperations>();
        services.AddSingleton(provider => new TenantChange<TagResourceRequest, TagResourceResponse>(
            provider.GetRequiredService<TagOperations>().AddAsync));
        services.AddSingleton(provider => new TenantChange<UntagResourceRequest, UntagResourceResponse>(
            provider.GetRequiredService<TagOperations>().RemoveAsync));
        services.AddSingleton<DataFiles>();
        services.AddSingleton<LeftoverSweep>();
        services.AddSingleton<NewItemsProbe>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, EventLogStart>();
    }

    /// <summary>Adds what the jobs of one kind change: the resource that they are.</summary>
    private static void AddJobResource<TState>(this IServiceCollection services, JobKind kind, Func<TState, Arn> groupOf)
        where TState : class, IJobResourceState<TState> =>
        services.AddSingleton<IJobDecision>(provider => ActivatorUtilities.CreateInstance<JobResourceDecision<TState>>(provider, kind, groupOf));

    private static void AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<IJobDecision, ImportDecision>();
        services.AddSingleton<RemainingData>();
        services.AddSingleton<IJobRunner, ImportRunner>();
        services.AddSingleton<DeletionOrder>();
        services.AddSingleton<IJobDecision, DeletionDecision>();
        services.AddSingleton<IJobRunner, DeletionRunner>();
        services.AddSingleton<IJobDecision, CompactionDecision>();
        services.AddSingleton<IJobRunner, CompactionRunner>();
        services.AddSingleton<IJobDecision, DeployDecision>();
        services.AddSingleton<IJobRunner, DeployRunner>();
        services.AddJobResource<BatchInferenceJobState>(JobKind.BatchInference, state => state.Job.DatasetGroupArn);
        services.AddSingleton<IJobRunner>(provider => ActivatorUtilities.CreateInstance<BatchRunner<BatchInferenceJobState>>(
            provider, JobKind.BatchInference, (BatchInferenceJobState state) =>
                new BatchServing(state.Config?.ItemExplorationConfig, state.Config?.RankingInfluence)));
        services.AddJobResource<BatchSegmentJobState>(JobKind.BatchSegment, state => state.Job.DatasetGroupArn);
        services.AddSingleton<IJobRunner>(provider => ActivatorUtilities.CreateInstance<BatchRunner<BatchSegmentJobState>>(
            provider, JobKind.BatchSegment, (BatchSegmentJobState _) => new BatchServing(null, null)));
        services.AddJobResource<DatasetExportJobState>(JobKind.Export, state => Arn.DatasetGroup(
            state.ExportJob.DatasetArn.Region, state.ExportJob.DatasetArn.Account, state.ExportJob.DatasetArn.Parent));
        services.AddSingleton<IJobRunner, ExportRunner>();
        services.AddSingleton<TrainingDataReader>();
        services.AddSingleton<VersionFiles>();
        services.AddSingleton<VersionRemoval>();
        services.AddSingleton<RecommenderVersions>();
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
