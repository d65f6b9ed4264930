namespace Kindred.Contracts.Tenants;

/// <summary>
/// What an operator lets one tenant have, where that is another amount than the deployment lets every tenant have. Null leaves it at that.
/// </summary>
[GenerateSerializer, Immutable, Alias("Kindred.TenantQuotas")]
public sealed record TenantQuotas
{
    public static TenantQuotas None { get; } = new();

    /// <summary>Bytes of uploads, segments, snapshots, models, logs and reports together.</summary>
    [Id(0)] public long? StoredBytes { get; init; }
    /// <summary>Keys that are usable.</summary>
    [Id(1)] public int? AccessKeys { get; init; }
    [Id(2)] public int? DatasetGroups { get; init; }
    [Id(3)] public int? CampaignsPerDatasetGroup { get; init; }
    /// <summary>Import jobs that wait or run.</summary>
    [Id(4)] public int? UnfinishedImportJobs { get; init; }
    /// <summary>Trainings that wait or run.</summary>
    [Id(5)] public int? UnfinishedSolutionVersions { get; init; }
    /// <summary>Operations in a second at each process, in the long run; twice as many at once after a quiet time.</summary>
    [Id(6)] public int? RequestsPerSecond { get; init; }
    /// <summary>Batch inference jobs that wait or run.</summary>
    [Id(7)] public int? UnfinishedBatchInferenceJobs { get; init; }
    /// <summary>Batch segment jobs that wait or run.</summary>
    [Id(8)] public int? UnfinishedBatchSegmentJobs { get; init; }
    /// <summary>Export jobs that wait or run.</summary>
    [Id(9)] public int? UnfinishedExportJobs { get; init; }
    /// <summary>Data deletion jobs of a dataset group that wait or run.</summary>
    [Id(10)] public int? UnfinishedDeletionJobsPerGroup { get; init; }
    [Id(11)] public int? RecommendersPerDatasetGroup { get; init; }
}
