using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Orleans.Concurrency;

namespace Kindred.Contracts.Tenants;

/// <summary>
/// A tenant, and the one place where its resources are made, changed and deleted: one structural change at a time, so rules
/// that look at several resources have no races. Key: the account. Every method may throw <see cref="RefusedException"/>.
/// </summary>
[Alias("Kindred.ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Makes the tenant. Nothing happens when it exists already.</summary>
    [Alias("CreateAsync")]
    Task<TenantState> CreateAsync(string? name);

    /// <returns>The tenant, or null if there is none.</returns>
    [ReadOnly, Alias("DescribeAsync")]
    Task<TenantState?> DescribeAsync();

    [Alias("CreateSchemaAsync")]
    Task<CreateSchemaResponse> CreateSchemaAsync(CreateSchemaRequest request, Caller caller);
    [Alias("DeleteSchemaAsync")]
    Task DeleteSchemaAsync(DeleteSchemaRequest request, Caller caller);

    [Alias("CreateDatasetGroupAsync")]
    Task<CreateDatasetGroupResponse> CreateDatasetGroupAsync(CreateDatasetGroupRequest request, Caller caller);
    [Alias("DeleteDatasetGroupAsync")]
    Task DeleteDatasetGroupAsync(DeleteDatasetGroupRequest request, Caller caller);

    [Alias("CreateDatasetAsync")]
    Task<CreateDatasetResponse> CreateDatasetAsync(CreateDatasetRequest request, Caller caller);
    [Alias("DeleteDatasetAsync")]
    Task DeleteDatasetAsync(DeleteDatasetRequest request, Caller caller);

    [Alias("CreateDatasetImportJobAsync")]
    Task<CreateDatasetImportJobResponse> CreateDatasetImportJobAsync(CreateDatasetImportJobRequest request, Caller caller);

    [Alias("CreateSolutionAsync")]
    Task<CreateSolutionResponse> CreateSolutionAsync(CreateSolutionRequest request, Caller caller);
    [Alias("UpdateSolutionAsync")]
    Task<UpdateSolutionResponse> UpdateSolutionAsync(UpdateSolutionRequest request, Caller caller);
    [Alias("DeleteSolutionAsync")]
    Task DeleteSolutionAsync(DeleteSolutionRequest request, Caller caller);

    [Alias("CreateSolutionVersionAsync")]
    Task<CreateSolutionVersionResponse> CreateSolutionVersionAsync(CreateSolutionVersionRequest request, Caller caller);
    [Alias("StopSolutionVersionCreationAsync")]
    Task StopSolutionVersionCreationAsync(StopSolutionVersionCreationRequest request, Caller caller);

    [Alias("CreateCampaignAsync")]
    Task<CreateCampaignResponse> CreateCampaignAsync(CreateCampaignRequest request, Caller caller);
    [Alias("UpdateCampaignAsync")]
    Task<UpdateCampaignResponse> UpdateCampaignAsync(UpdateCampaignRequest request, Caller caller);
    [Alias("DeleteCampaignAsync")]
    Task DeleteCampaignAsync(DeleteCampaignRequest request, Caller caller);

    [Alias("CreateEventTrackerAsync")]
    Task<CreateEventTrackerResponse> CreateEventTrackerAsync(CreateEventTrackerRequest request, Caller caller);
    [Alias("DeleteEventTrackerAsync")]
    Task DeleteEventTrackerAsync(DeleteEventTrackerRequest request, Caller caller);

    [Alias("TagResourceAsync")]
    Task<TagResourceResponse> TagResourceAsync(TagResourceRequest request, Caller caller);
    [Alias("UntagResourceAsync")]
    Task<UntagResourceResponse> UntagResourceAsync(UntagResourceRequest request, Caller caller);
    [ReadOnly, Alias("ListTagsForResourceAsync")]
    Task<ListTagsForResourceResponse> ListTagsForResourceAsync(ListTagsForResourceRequest request, Caller caller);
}
