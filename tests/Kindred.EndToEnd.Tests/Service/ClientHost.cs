using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Service;

/// <summary>
/// A host for clients that try everything: it reads from an S3 server, where one can be started, and its limits are low enough to be met.
/// </summary>
public sealed class ClientHost : IAsyncLifetime
{
    private const string Bucket = "client-tests";

    private S3Process _buckets = null!;

    public HostProcess Process { get; private set; } = null!;

    /// <summary>The S3 server's address; null where there is none, and the host has buckets of its own.</summary>
    public string? Buckets => _buckets.Address;

    public async ValueTask InitializeAsync()
    {
        _buckets = await S3Process.StartAsync(Bucket);
        var settings = new Dictionary<string, string>
        {
            ["Kindred__Tenants__Schemas"] = "16", ["Kindred__Tenants__DatasetGroups"] = "8", ["Kindred__Tenants__FiltersPerGroup"] = "8",
            ["Kindred__Tenants__SolutionsPerDatasetGroup"] = "6", ["Kindred__Tenants__CampaignsPerDatasetGroup"] = "4",
            ["Kindred__Tenants__RecommendersPerDatasetGroup"] = "2", ["Kindred__Tenants__UnfinishedSolutionVersions"] = "4",
            ["Kindred__Tenants__UnfinishedImportJobs"] = "3", ["Kindred__Tenants__UnfinishedExportJobs"] = "2",
            ["Kindred__Tenants__UnfinishedBatchInferenceJobs"] = "2", ["Kindred__Tenants__UnfinishedBatchSegmentJobs"] = "2",
            ["Kindred__Tenants__UnfinishedDeletionJobsPerGroup"] = "2",
            // One training at a time, however many cores there are: what waits can be looked at.
            ["Kindred__Jobs__MaxConcurrent"] = "1",
        };
        if (Buckets is { } address)
        {
            settings["Kindred__Storage__S3__ServiceUrl"] = address;
            settings["Kindred__Storage__S3__AccessKeyId"] = settings["Kindred__Storage__S3__SecretAccessKey"] = S3Process.AccessKey;
            settings["Kindred__Storage__S3__DefaultOwner"] = TestKey.Bootstrap.Account;
        }
        Process = await HostProcess.StartAsync(new() { Environment = settings });
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _buckets.DisposeAsync();
    }
}
