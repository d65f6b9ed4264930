using System.Text.Json.Nodes;
using Kindred.Host.Demo.Client;

namespace Kindred.Host.Demo;

/// <summary>Creates the demo's resources and waits for them, with nothing but public calls.</summary>
internal sealed class DemoResources(ApiClient api, string name)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Prefix of the name of everything that any demo makes.</summary>
    public const string NamePrefix = "demo-";
    public const string Bucket = "kindred-demo";

    /// <summary>A role is part of the contract; Kindred reads its own buckets and needs none.</summary>
    private const string UnusedRole = "arn:aws:iam::000000000000:role/not-used";

    public async Task<string> CreateGroupAsync(CancellationToken stop)
    {
        var arn = await CreateAsync("CreateDatasetGroup", new() { ["name"] = name }, "datasetGroupArn", stop);
        await SettleAsync("DatasetGroup", arn, stop);
        return arn;
    }

    public async Task<string> CreateDatasetAsync(string groupArn, DemoDataset dataset, CancellationToken stop)
    {
        var label = $"{name}-{dataset.Type.ToLowerInvariant()}";
        var schema = await CreateAsync("CreateSchema", new() { ["name"] = label, ["schema"] = dataset.Schema }, "schemaArn", stop);
        var arn = await CreateAsync(
            "CreateDataset", new() { ["name"] = label, ["schemaArn"] = schema, ["datasetGroupArn"] = groupArn, ["datasetType"] = dataset.Type }, "datasetArn", stop);
        await SettleAsync("Dataset", arn, stop);
        return arn;
    }

    /// <summary>Uploads the file and imports it.</summary>
    /// <exception cref="DemoFailedException">The import failed.</exception>
    public async Task ImportAsync(string datasetArn, DemoDataset dataset, CancellationToken stop)
    {
        await using var body = dataset.Open();
        var hash = Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(body, stop));
        body.Position = 0;
        await api.UploadAsync(Bucket, $"{name}/{dataset.FileName}", new StreamContent(body, 1 << 20), hash, stop);
        var job = await CreateAsync(
            "CreateDatasetImportJob",
            new()
            {
                ["jobName"] = $"{name}-{dataset.Type.ToLowerInvariant()}-{Guid.NewGuid().ToString("N")[..8]}",
                ["datasetArn"] = datasetArn,
                ["dataSource"] = new JsonObject { ["dataLocation"] = $"s3://{Bucket}/{name}/{dataset.FileName}" },
                ["roleArn"] = UnusedRole,
            },
            "datasetImportJobArn", stop);
        await SettleAsync("DatasetImportJob", job, stop);
    }

    /// <summary>Trains a recipe on the group's data.</summary>
    /// <returns>The solution version's ARN.</returns>
    public async Task<string> TrainAsync(string groupArn, string recipe, CancellationToken stop)
    {
        var solution = await CreateAsync(
            "CreateSolution",
            new() { ["name"] = name, ["datasetGroupArn"] = groupArn, ["recipeArn"] = $"arn:aws:personalize:::recipe/{recipe}", ["performAutoTraining"] = false },
            "solutionArn", stop);
        await SettleAsync("Solution", solution, stop);
        var version = await CreateAsync("CreateSolutionVersion", new() { ["solutionArn"] = solution }, "solutionVersionArn", stop);
        await SettleAsync("SolutionVersion", version, stop);
        return version;
    }

    public async Task<string> DeployAsync(string solutionVersionArn, CancellationToken stop)
    {
        var campaign = await CreateAsync("CreateCampaign", new() { ["name"] = name, ["solutionVersionArn"] = solutionVersionArn }, "campaignArn", stop);
        await SettleAsync("Campaign", campaign, stop);
        return campaign;
    }

    /// <returns>The tracking id that PutEvents wants.</returns>
    public async Task<string> CreateTrackerAsync(string groupArn, CancellationToken stop)
    {
        var answer = await api.CallAsync("CreateEventTracker", new() { ["name"] = name, ["datasetGroupArn"] = groupArn }, stop);
        await SettleAsync("EventTracker", (string)answer["eventTrackerArn"]!, stop);
        return (string)answer["trackingId"]!;
    }

    /// <summary>What an earlier run of the same demo left ready to serve, if it is complete.</summary>
    public async Task<(string CampaignArn, string TrackingId)?> FindReadyAsync(CancellationToken stop)
    {
        var campaigns = (await api.CallAsync("ListCampaigns", new() { ["maxResults"] = 100 }, stop))["campaigns"]!.AsArray();
        var campaign = campaigns.FirstOrDefault(c => (string?)c!["name"] == name && (string?)c["status"] == "ACTIVE");
        var trackers = (await api.CallAsync("ListEventTrackers", new() { ["maxResults"] = 100 }, stop))["eventTrackers"]!.AsArray();
        var tracker = trackers.FirstOrDefault(t => (string?)t!["name"] == name && (string?)t["status"] == "ACTIVE");
        if (campaign is null || tracker is null) return null;
        var described = await api.CallAsync("DescribeEventTracker", new() { ["eventTrackerArn"] = (string?)tracker["eventTrackerArn"] }, stop);
        return ((string)campaign["campaignArn"]!, (string)described["eventTracker"]!["trackingId"]!);
    }

    private async Task<string> CreateAsync(string operation, JsonObject request, string arnMember, CancellationToken stop) =>
        (string)(await api.CallAsync(operation, request, stop))[arnMember]!;

    /// <summary>Waits for ACTIVE, by asking as any client of this protocol must.</summary>
    private async Task SettleAsync(string kind, string arn, CancellationToken stop)
    {
        var member = char.ToLowerInvariant(kind[0]) + kind[1..];
        while (true)
        {
            var resource = (await api.CallAsync($"Describe{kind}", new() { [$"{member}Arn"] = arn }, stop))[member]!;
            if ((string?)resource["status"] is "ACTIVE") return;
            if ((string?)resource["status"] is "CREATE FAILED") throw new DemoFailedException($"{arn} failed: {resource["failureReason"]}");
            await Task.Delay(PollInterval, stop);
        }
    }
}
