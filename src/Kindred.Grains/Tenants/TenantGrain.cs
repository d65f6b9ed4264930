using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Kindred.Grains.Campaigns;
using Kindred.Grains.Datasets;
using Kindred.Grains.Events;
using Kindred.Grains.Resources;
using Kindred.Grains.Schemas;
using Kindred.Grains.Solutions;

namespace Kindred.Grains.Tenants;

/// <summary>Lets a tenant's structural changes in one at a time; the rules are with each kind of resource.</summary>
[GrainType("tenant")]
internal sealed class TenantGrain(
    [PersistentState("state", "Default")] IPersistentState<TenantState> state,
    SchemaOperations schemas,
    DatasetGroupOperations groups,
    DatasetOperations datasets,
    ImportJobOperations imports,
    SolutionOperations solutions,
    SolutionVersionOperations versions,
    CampaignOperations campaigns,
    EventTrackerOperations trackers,
    TagOperations tags,
    TimeProvider clock) : Grain, ITenantGrain, ITenantControl
{
    private string Account => this.GetPrimaryKeyString();

    public async Task<TenantState> CreateAsync(string? name)
    {
        if (state.RecordExists) return state.State;
        if (!Accounts.IsAccount(Account)) throw Refuse.Invalid($"'{Account}' is not an account; 12 digits were expected.");
        await this.SaveAsync(state, new TenantState { Account = Account, Name = name, CreatedAt = clock.GetUtcNow() });
        return state.State;
    }

    public Task<TenantState?> DescribeAsync() => Task.FromResult(state.RecordExists ? state.State : null);

    public Task<CreateSchemaResponse> CreateSchemaAsync(CreateSchemaRequest request, Caller caller) => schemas.CreateAsync(request, Mine(caller));
    public Task DeleteSchemaAsync(DeleteSchemaRequest request, Caller caller) => schemas.DeleteAsync(request, Mine(caller));

    public Task<CreateDatasetGroupResponse> CreateDatasetGroupAsync(CreateDatasetGroupRequest request, Caller caller) =>
        groups.CreateAsync(request, Mine(caller));
    public Task DeleteDatasetGroupAsync(DeleteDatasetGroupRequest request, Caller caller) => groups.DeleteAsync(request, Mine(caller));

    public Task<CreateDatasetResponse> CreateDatasetAsync(CreateDatasetRequest request, Caller caller) => datasets.CreateAsync(request, Mine(caller));
    public Task DeleteDatasetAsync(DeleteDatasetRequest request, Caller caller) => datasets.DeleteAsync(request, Mine(caller));

    public Task<CreateDatasetImportJobResponse> CreateDatasetImportJobAsync(CreateDatasetImportJobRequest request, Caller caller) =>
        imports.CreateAsync(request, Mine(caller));

    public Task<CreateSolutionResponse> CreateSolutionAsync(CreateSolutionRequest request, Caller caller) =>
        solutions.CreateAsync(request, Mine(caller));
    public Task<UpdateSolutionResponse> UpdateSolutionAsync(UpdateSolutionRequest request, Caller caller) =>
        solutions.UpdateAsync(request, Mine(caller));
    public Task DeleteSolutionAsync(DeleteSolutionRequest request, Caller caller) => solutions.DeleteAsync(request, Mine(caller));

    public Task<CreateSolutionVersionResponse> CreateSolutionVersionAsync(CreateSolutionVersionRequest request, Caller caller) =>
        versions.CreateAsync(request, Mine(caller));
    public Task StopSolutionVersionCreationAsync(StopSolutionVersionCreationRequest request, Caller caller) =>
        versions.StopAsync(request, Mine(caller));

    public Task<CreateCampaignResponse> CreateCampaignAsync(CreateCampaignRequest request, Caller caller) =>
        campaigns.CreateAsync(request, Mine(caller));
    public Task<UpdateCampaignResponse> UpdateCampaignAsync(UpdateCampaignRequest request, Caller caller) =>
        campaigns.UpdateAsync(request, Mine(caller));
    public Task DeleteCampaignAsync(DeleteCampaignRequest request, Caller caller) => campaigns.DeleteAsync(request, Mine(caller));

    public Task<CreateEventTrackerResponse> CreateEventTrackerAsync(CreateEventTrackerRequest request, Caller caller) =>
        trackers.CreateAsync(request, Mine(caller));
    public Task DeleteEventTrackerAsync(DeleteEventTrackerRequest request, Caller caller) => trackers.DeleteAsync(request, Mine(caller));

    public Task<TagResourceResponse> TagResourceAsync(TagResourceRequest request, Caller caller) => tags.AddAsync(request, Mine(caller));
    public Task<UntagResourceResponse> UntagResourceAsync(UntagResourceRequest request, Caller caller) => tags.RemoveAsync(request, Mine(caller));
    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(ListTagsForResourceRequest request, Caller caller) =>
        tags.ListAsync(request, Mine(caller));

    public Task TrainIfDueAsync(Arn solution) => versions.TrainIfDueAsync(solution);
    public Task UpdateIfDueAsync(Arn solution, long newestPut) => versions.UpdateIfDueAsync(solution, newestPut);
    public Task SyncCampaignsAsync(Arn solution) => campaigns.SyncAsync(solution);
    public Task FinishDeleteAsync(Arn resource)
    {
        var service = new Caller(resource.Account, resource.Region, InvocationId: null);
        return resource.Type is ResourceTypes.DatasetGroup
            ? groups.DeleteAsync(new DeleteDatasetGroupRequest { DatasetGroupArn = resource.ToString() }, service)
            : solutions.DeleteAsync(new DeleteSolutionRequest { SolutionArn = resource.ToString() }, service);
    }

    private Caller Mine(Caller caller) => caller.Account == Account
        ? caller
        : throw new RefusedException(RefusalCode.AccessDenied, $"The account {caller.Account} has no access to another account's resources.");
}
