using System.Text.Json.Nodes;
using Kindred.Client;

namespace Kindred.Demo;

/// <summary>Creates the demo's resources and waits for them, with nothing but public calls.</summary>
internal sealed class DemoResources(ApiClient api, string name)
{
    private readonly ResourceClient _resources = new(api);

    /// <summary>Prefix of the name of everything that any demo makes.</summary>
    public const string NamePrefix = "demo-";
    public const string Bucket = "kindred-demo";

    /// <summary>A role is part of the contract; Kindred reads its own buckets and needs none.</summary>
    private const string UnusedRole = "arn:aws:iam::000000000000:role/not-used";

    public Task<string> CreateGroupAsync(CancellationToken stop) =>
        _resources.CreateAsync("DatasetGroup", new() { ["name"] = name }, stop);

    public async Task<string> CreateDatasetAsync(string groupArn, DemoDataset dataset, CancellationToken stop)
    {
        var label = $"{name}-{dataset.Type.ToLowerInvariant()}";
        var schema = await _resources.CreateAsync("Schema", new() { ["name"] = label, ["schema"] = dataset.Schema }, stop);
        return await _resources.CreateAsync(
            "Dataset",
            new() { ["name"] = label, ["schemaArn"] = schema, ["datasetGroupArn"] = groupArn, ["datasetType"] = dataset.Type },
            stop);
    }

    /// <summary>Uploads the file and imports it.</summary>
    /// <returns>The rows that the import refused, as a sentence; null when it took all.</returns>
    /// <exception cref="ResourceFailedException">The import failed.</exception>
    public async Task<string?> ImportAsync(string datasetArn, DemoDataset dataset, CancellationToken stop)
    {
        await using var body = dataset.Open();
        var hash = Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(body, stop));
        body.Position = 0;
        await api.UploadAsync(Bucket, $"{name}/{dataset.FileName}", new StreamContent(body, 1 << 20), hash, stop);
        var job = await _resources.CreateAsync(
            "DatasetImportJob",
            new()
            {
                ["jobName"] = $"{name}-{dataset.Type.ToLowerInvariant()}-{Guid.NewGuid().ToString("N")[..8]}",
                ["datasetArn"] = datasetArn,
                ["dataSource"] = new JsonObject { ["dataLocation"] = $"s3://{Bucket}/{name}/{dataset.FileName}" },
                ["roleArn"] = UnusedRole,
            },
            stop);
        var report = await api.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/v1/jobs/{job}"), stop);
        if ((long?)report["refusedRows"] is not ({ } refused and > 0)) return null;
        return $"{refused} row{(refused == 1 ? " was" : "s were")} refused; the first is {report["faults"]![0]!["example"]}. "
            + $"All are at {report["refusedRowsPath"]}.";
    }

    /// <summary>Trains a recipe on the group's data.</summary>
    /// <returns>The solution version's ARN.</returns>
    /// <exception cref="ResourceFailedException">The training failed.</exception>
    public async Task<string> TrainAsync(string groupArn, string recipe, CancellationToken stop)
    {
        var solution = await _resources.CreateAsync(
            "Solution",
            new()
            {
                ["name"] = name,
                ["datasetGroupArn"] = groupArn,
                ["recipeArn"] = $"arn:aws:personalize:::recipe/{recipe}",
                ["performAutoTraining"] = false,
            },
            stop);
        return await _resources.CreateAsync("SolutionVersion", new() { ["solutionArn"] = solution }, stop);
    }

    public Task<string> DeployAsync(string solutionVersionArn, CancellationToken stop) =>
        _resources.CreateAsync("Campaign", new() { ["name"] = name, ["solutionVersionArn"] = solutionVersionArn }, stop);

    /// <returns>The tracking id that PutEvents wants.</returns>
    public async Task<string> CreateTrackerAsync(string groupArn, CancellationToken stop) => await TrackingIdAsync(
        await _resources.CreateAsync("EventTracker", new() { ["name"] = name, ["datasetGroupArn"] = groupArn }, stop), stop);

    /// <summary>What an earlier run of the same demo left ready to serve, if it is complete.</summary>
    public async Task<(string CampaignArn, string TrackingId)?> FindReadyAsync(CancellationToken stop)
    {
        var campaign = await FindActiveAsync("ListCampaigns", "campaigns", stop);
        var tracker = await FindActiveAsync("ListEventTrackers", "eventTrackers", stop);
        if (campaign is null || tracker is null) return null;
        return ((string)campaign["campaignArn"]!, await TrackingIdAsync((string)tracker["eventTrackerArn"]!, stop));
    }

    private async Task<JsonNode?> FindActiveAsync(string operation, string member, CancellationToken stop)
    {
        var answer = await api.CallAsync(operation, new() { ["maxResults"] = 100 }, stop);
        return answer[member]!.AsArray().FirstOrDefault(r => (string?)r!["name"] == name && (string?)r["status"] == "ACTIVE");
    }

    private async Task<string> TrackingIdAsync(string trackerArn, CancellationToken stop) =>
        (string)(await _resources.DescribeAsync("EventTracker", trackerArn, stop))["trackingId"]!;
}
