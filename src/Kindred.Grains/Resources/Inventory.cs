using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Events;
using Kindred.Contracts.Schemas;
using Kindred.Contracts.Solutions;

namespace Kindred.Grains.Resources;

/// <summary>What a tenant has, as rules ask for it. <c>anyArn</c> is any ARN of the tenant: it gives region and account.</summary>
internal sealed class Inventory(IResourceCatalog catalog)
{
    public Task<List<SchemaState>> SchemasAsync(Arn anyArn) => AllOfTypeAsync<SchemaState>(StateNames.Schema, anyArn, ResourceTypes.Schema);

    public Task<List<DatasetGroupState>> DatasetGroupsAsync(Arn anyArn) =>
        AllOfTypeAsync<DatasetGroupState>(StateNames.DatasetGroup, anyArn, ResourceTypes.DatasetGroup);

    public Task<List<DatasetState>> AllDatasetsAsync(Arn anyArn) => AllOfTypeAsync<DatasetState>(StateNames.Dataset, anyArn, ResourceTypes.Dataset);

    public Task<List<DatasetState>> DatasetsAsync(Arn datasetGroup) =>
        AllAsync<DatasetState>(StateNames.Dataset,
            $"{Arn.Prefix(datasetGroup.Region, datasetGroup.Account, ResourceTypes.Dataset)}{datasetGroup.Name}/");

    public Task<List<DatasetImportJobState>> ImportJobsAsync(Arn anyArn) =>
        AllOfTypeAsync<DatasetImportJobState>(StateNames.DatasetImportJob, anyArn, ResourceTypes.DatasetImportJob);

    public async Task<List<SolutionState>> SolutionsAsync(Arn datasetGroup)
    {
        var all = await AllOfTypeAsync<SolutionState>(StateNames.Solution, datasetGroup, ResourceTypes.Solution);
        return all.FindAll(solution => solution.Solution!.DatasetGroupArn == datasetGroup.ToString());
    }

    public Task<List<SolutionVersionState>> AllVersionsAsync(Arn anyArn) =>
        AllOfTypeAsync<SolutionVersionState>(StateNames.SolutionVersion, anyArn, ResourceTypes.Solution);

    public Task<List<SolutionVersionState>> VersionsAsync(Arn solution) => AllAsync<SolutionVersionState>(StateNames.SolutionVersion, $"{solution}/");

    public Task<List<CampaignState>> AllCampaignsAsync(Arn anyArn) =>
        AllOfTypeAsync<CampaignState>(StateNames.Campaign, anyArn, ResourceTypes.Campaign);

    public async Task<List<CampaignState>> CampaignsOfAsync(Arn solution) =>
        (await AllCampaignsAsync(solution)).FindAll(campaign => campaign.SolutionArn == solution);

    public async Task<EventTrackerState?> TrackerAsync(Arn datasetGroup)
    {
        var all = await AllOfTypeAsync<EventTrackerState>(StateNames.EventTracker, datasetGroup, ResourceTypes.EventTracker);
        return all.Find(tracker => tracker.Tracker!.DatasetGroupArn == datasetGroup.ToString());
    }

    /// <summary>Every state of one kind whose key starts with <paramref name="prefix"/>, in key order.</summary>
    public async Task<List<TState>> AllAsync<TState>(string stateName, string prefix)
    {
        var all = new List<TState>();
        await foreach (var entry in catalog.ScanAllAsync<TState>(stateName, prefix)) all.Add(entry.State);
        return all;
    }

    private Task<List<TState>> AllOfTypeAsync<TState>(string stateName, Arn anyArn, string type) =>
        AllAsync<TState>(stateName, Arn.Prefix(anyArn.Region, anyArn.Account, type));
}
