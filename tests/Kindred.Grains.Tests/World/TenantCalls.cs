using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Tenants;

namespace Kindred.Grains.Tests.World;

/// <summary>The changes of a tenant's resources by their names, as its grain takes them.</summary>
internal static class TenantCalls
{
    public static Task<CreateSchemaResponse> CreateSchemaAsync(this ITenantGrain tenant, CreateSchemaRequest request, Caller caller) =>
        tenant.ChangeAsync<CreateSchemaRequest, CreateSchemaResponse>(request, caller);
    public static Task DeleteSchemaAsync(this ITenantGrain tenant, DeleteSchemaRequest request, Caller caller) =>
        tenant.ChangeAsync(request, caller);

    public static Task<CreateDatasetGroupResponse> CreateDatasetGroupAsync(
        this ITenantGrain tenant, CreateDatasetGroupRequest request, Caller caller) =>
        tenant.ChangeAsync<CreateDatasetGroupRequest, CreateDatasetGroupResponse>(request, caller);
    public static Task DeleteDatasetGroupAsync(this ITenantGrain tenant, DeleteDatasetGroupRequest request, Caller caller) =>
        tenant.ChangeAsync(request, caller);

    public static Task<CreateDatasetResponse> CreateDatasetAsync(this ITenantGrain tenant, CreateDatasetRequest request, Caller caller) =>
        tenant.ChangeAsync<CreateDatasetRequest, CreateDatasetResponse>(request, caller);
    public static Task DeleteDatasetAsync(this ITenantGrain tenant, DeleteDatasetRequest request, Caller caller) =>
        tenant.ChangeAsync(request, caller);

    public static Task<CreateDatasetImportJobResponse> CreateDatasetImportJobAsync(
        this ITenantGrain tenant, CreateDatasetImportJobRequest request, Caller caller) =>
        tenant.ChangeAsync<CreateDatasetImportJobRequest, CreateDatasetImportJobResponse>(request, caller);

    public static Task<CreateSolutionResponse> CreateSolutionAsync(this ITenantGrain tenant, CreateSolutionRequest request, Caller caller) =>
        tenant.ChangeAsync<CreateSolutionRequest, CreateSolutionResponse>(request, caller);
    public static Task<UpdateSolutionResponse> UpdateSolutionAsync(this ITenantGrain tenant, UpdateSolutionRequest request, Caller caller) =>
        tenant.ChangeAsync<UpdateSolutionRequest, UpdateSolutionResponse>(request, caller);
    public static Task DeleteSolutionAsync(this ITenantGrain tenant, DeleteSolutionRequest request, Caller caller) =>
        tenant.ChangeAsync(request, caller);

    public static Task<CreateSolutionVersionResponse> CreateSolutionVersionAsync(
        this ITenantGrain tenant, CreateSolutionVersionRequest request, Caller caller) =>
        tenant.ChangeAsync<CreateSolutionVersionRequest, CreateSolutionVersionResponse>(request, caller);
    public static Task StopSolutionVersionCreationAsync(
        this ITenantGrain tenant, StopSolutionVersionCreationRequest request, Caller caller) => tenant.ChangeAsync(request, caller);

    public static Task<CreateCampaignResponse> CreateCampaignAsync(this ITenantGrain tenant, CreateCampaignRequest request, Caller caller) =>
        tenant.ChangeAsync<CreateCampaignRequest, CreateCampaignResponse>(request, caller);
    public static Task<UpdateCampaignResponse> UpdateCampaignAsync(this ITenantGrain tenant, UpdateCampaignRequest request, Caller caller) =>
        tenant.ChangeAsync<UpdateCampaignRequest, UpdateCampaignResponse>(request, caller);
    public static Task DeleteCampaignAsync(this ITenantGrain tenant, DeleteCampaignRequest request, Caller caller) =>
        tenant.ChangeAsync(request, caller);

    public static Task<CreateEventTrackerResponse> CreateEventTrackerAsync(
        this ITenantGrain tenant, CreateEventTrackerRequest request, Caller caller) =>
        tenant.ChangeAsync<CreateEventTrackerRequest, CreateEventTrackerResponse>(request, caller);
    public static Task DeleteEventTrackerAsync(this ITenantGrain tenant, DeleteEventTrackerRequest request, Caller caller) =>
        tenant.ChangeAsync(request, caller);

    public static Task<TagResourceResponse> TagResourceAsync(this ITenantGrain tenant, TagResourceRequest request, Caller caller) =>
        tenant.ChangeAsync<TagResourceRequest, TagResourceResponse>(request, caller);
    public static Task<UntagResourceResponse> UntagResourceAsync(this ITenantGrain tenant, UntagResourceRequest request, Caller caller) =>
        tenant.ChangeAsync<UntagResourceRequest, UntagResourceResponse>(request, caller);
}
