using Kindred.Contracts.Tenants;

namespace Kindred.Grains.Resources;

/// <summary>How much one tenant may have. Where the service lets its customers ask for more, the default here is generous.</summary>
public sealed class TenantLimits
{
    public int Schemas { get; set; } = 500;
    public int DatasetGroups { get; set; } = 500;
    public int SolutionsPerDatasetGroup { get; set; } = 500;
    public int CampaignsPerDatasetGroup { get; set; } = 250;
    public int RecommendersPerDatasetGroup { get; set; } = 15;
    public int FiltersPerGroup { get; set; } = 200;
    /// <summary>Keys that are usable.</summary>
    public int AccessKeys { get; set; } = 1000;
    /// <summary>Rows, good and bad, of one import.</summary>
    public long RowsPerImport { get; set; } = 100_000_000;
    /// <summary>Import jobs that are pending or in progress.</summary>
    public int UnfinishedImportJobs { get; set; } = 5;
    /// <summary>Batch inference jobs that are pending or in progress.</summary>
    public int UnfinishedBatchInferenceJobs { get; set; } = 5;
    /// <summary>Batch segment jobs that are pending or in progress.</summary>
    public int UnfinishedBatchSegmentJobs { get; set; } = 5;
    /// <summary>Export jobs that are pending or in progress.</summary>
    public int UnfinishedExportJobs { get; set; } = 5;
    /// <summary>Data deletion jobs of a dataset group that are pending or in progress.</summary>
    public int UnfinishedDeletionJobsPerGroup { get; set; } = 5;
    /// <summary>Solution versions that are pending or in progress.</summary>
    public int UnfinishedSolutionVersions { get; set; } = 20;

    /// <summary>The same, but for what a tenant's own quotas say.</summary>
    internal TenantLimits With(TenantQuotas quotas)
    {
        var own = (TenantLimits)MemberwiseClone();
        own.AccessKeys = quotas.AccessKeys ?? AccessKeys;
        own.DatasetGroups = quotas.DatasetGroups ?? DatasetGroups;
        own.CampaignsPerDatasetGroup = quotas.CampaignsPerDatasetGroup ?? CampaignsPerDatasetGroup;
        own.UnfinishedImportJobs = quotas.UnfinishedImportJobs ?? UnfinishedImportJobs;
        own.UnfinishedSolutionVersions = quotas.UnfinishedSolutionVersions ?? UnfinishedSolutionVersions;
        own.RecommendersPerDatasetGroup = quotas.RecommendersPerDatasetGroup ?? RecommendersPerDatasetGroup;
        own.UnfinishedBatchInferenceJobs = quotas.UnfinishedBatchInferenceJobs ?? UnfinishedBatchInferenceJobs;
        own.UnfinishedBatchSegmentJobs = quotas.UnfinishedBatchSegmentJobs ?? UnfinishedBatchSegmentJobs;
        own.UnfinishedExportJobs = quotas.UnfinishedExportJobs ?? UnfinishedExportJobs;
        own.UnfinishedDeletionJobsPerGroup = quotas.UnfinishedDeletionJobsPerGroup ?? UnfinishedDeletionJobsPerGroup;
        return own;
    }
}
