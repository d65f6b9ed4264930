using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kindred.Bench.Load;
using Kindred.Client;

namespace Kindred.Bench.Serving;

/// <summary>Imports interactions through the public API, then trains and deploys recipes on them, timing each part.</summary>
internal sealed class ServedCampaigns(HttpClient http)
{
    /// <summary>Name of everything that the benchmark makes but the campaigns, which are named after their recipes.</summary>
    public const string Name = "bench";

    private const string Schema =
        """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},
        {"name":"TIMESTAMP","type":"long"},{"name":"EVENT_TYPE","type":"string"}]}
        """;

    private readonly ApiClient _api = new(http);
    private readonly ResourceClient _resources = new(new ApiClient(http));

    /// <returns>From CreateDatasetImportJob to ACTIVE, as a client sees it; the upload is not in it.</returns>
    public async Task<TimeSpan> ImportAsync(string csvPath, CancellationToken stop)
    {
        var dataset = await PrepareImportAsync(csvPath, stop);
        var imported = await RunImportAsync(dataset, stop);
        var group = await FindAsync("ListDatasetGroups", "datasetGroups", "datasetGroupArn", Name, stop);
        await _resources.CreateAsync("EventTracker", new() { ["name"] = Name, ["datasetGroupArn"] = group }, stop);
        return imported;
    }

    /// <summary>Uploads interactions, and makes the dataset that <see cref="RunImportAsync"/> imports them into.</summary>
    /// <returns>The dataset's ARN.</returns>
    public async Task<string> PrepareImportAsync(string csvPath, CancellationToken stop)
    {
        string sha256;
        await using (var csv = File.OpenRead(csvPath)) sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(csv, stop));
        await using (var csv = File.OpenRead(csvPath))
            await _api.UploadAsync(Name, "interactions.csv", new StreamContent(csv), sha256, stop);
        var schema = await _resources.CreateAsync("Schema", new() { ["name"] = Name, ["schema"] = Schema }, stop);
        var group = await _resources.CreateAsync("DatasetGroup", new() { ["name"] = Name }, stop);
        return await _resources.CreateAsync(
            "Dataset",
            new() { ["name"] = Name, ["schemaArn"] = schema, ["datasetGroupArn"] = group, ["datasetType"] = "Interactions" },
            stop);
    }

    /// <inheritdoc cref="ImportAsync"/>
    public async Task<TimeSpan> RunImportAsync(string dataset, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        await _resources.CreateAsync(
            "DatasetImportJob",
            new()
            {
                ["jobName"] = Name,
                ["datasetArn"] = dataset,
                ["dataSource"] = new JsonObject { ["dataLocation"] = $"s3://{Name}/interactions.csv" },
                ["roleArn"] = "arn:aws:iam::000000000000:role/not-used",
            },
            stop);
        return clock.Elapsed;
    }

    /// <summary>Imports more interactions into the dataset of <see cref="ImportAsync"/>.</summary>
    public async Task AddAsync(string csvPath, CancellationToken stop)
    {
        await using (var csv = File.OpenRead(csvPath))
            await _api.UploadAsync(Name, "more.csv", new StreamContent(csv), null, stop);
        await _resources.CreateAsync(
            "DatasetImportJob",
            new()
            {
                ["jobName"] = $"{Name}-more",
                ["datasetArn"] = await FindAsync("ListDatasets", "datasets", "datasetArn", Name, stop),
                ["dataSource"] = new JsonObject { ["dataLocation"] = $"s3://{Name}/more.csv" },
                ["roleArn"] = "arn:aws:iam::000000000000:role/not-used",
                ["importMode"] = "INCREMENTAL",
            },
            stop);
    }

    /// <returns>Where the text lies.</returns>
    public async Task<string> UploadAsync(string key, string text, CancellationToken stop)
    {
        await _api.UploadAsync(Name, key, new StringContent(text), null, stop);
        return $"s3://{Name}/{key}";
    }

    /// <summary>A batch inference job with the model that the campaign of a recipe serves, from the call to its end.</summary>
    public async Task RunBatchAsync(string recipe, string name, string input, CancellationToken stop)
    {
        var campaign = await _resources.DescribeAsync("Campaign", await CampaignOfAsync(recipe, stop), stop);
        await _resources.CreateAsync(
            "BatchInferenceJob",
            new()
            {
                ["jobName"] = name,
                ["solutionVersionArn"] = (string)campaign["solutionVersionArn"]!,
                ["roleArn"] = "arn:aws:iam::000000000000:role/not-used",
                ["jobInput"] = new JsonObject { ["s3DataSource"] = new JsonObject { ["path"] = input } },
                ["jobOutput"] = new JsonObject { ["s3DataDestination"] = new JsonObject { ["path"] = $"s3://{Name}/out/" } },
            },
            stop);
    }

    /// <returns>Whether the data folder is one of the benchmark.</returns>
    public async Task<bool> HasDataAsync(CancellationToken stop) =>
        (await _api.CallAsync("ListCampaigns", new() { ["maxResults"] = 100 }, stop))["campaigns"]!.AsArray().Count > 0;

    /// <returns>The time from CreateSolutionVersion to ACTIVE, metrics included.</returns>
    public async Task<TimeSpan> DeployAsync(string recipe, CancellationToken stop)
    {
        var solution = await _resources.CreateAsync("Solution", await SolutionAsync(recipe, stop), stop);
        var clock = Stopwatch.StartNew();
        var version = await _resources.CreateAsync("SolutionVersion", new() { ["solutionArn"] = solution }, stop);
        var training = clock.Elapsed;
        await _resources.CreateAsync("Campaign", new() { ["name"] = recipe, ["solutionVersionArn"] = version }, stop);
        return training;
    }

    /// <summary>Begins to train a recipe, and waits for nothing.</summary>
    public async Task StartTrainingAsync(string recipe, CancellationToken stop)
    {
        var solution = await _resources.CreateAsync("Solution", await SolutionAsync(recipe, stop), stop);
        await _resources.BeginAsync("SolutionVersion", new() { ["solutionArn"] = solution }, stop);
    }

    /// <summary>Waits until no job of the account is left: an ACTIVE version may still be refined.</summary>
    public async Task UntilIdleAsync(CancellationToken stop)
    {
        while (await HasJobsAsync(stop)) await Task.Delay(200, stop);
    }

    /// <exception cref="InvalidOperationException">The data folder has no campaign for the recipe.</exception>
    public Task<string> CampaignOfAsync(string recipe, CancellationToken stop) =>
        FindAsync("ListCampaigns", "campaigns", "campaignArn", recipe, stop);

    /// <exception cref="InvalidOperationException">The data folder has no event tracker of the benchmark.</exception>
    public async Task<string> TrackingIdAsync(CancellationToken stop)
    {
        var arn = await FindAsync("ListEventTrackers", "eventTrackers", "eventTrackerArn", Name, stop);
        return (string)(await _resources.DescribeAsync("EventTracker", arn, stop))["trackingId"]!;
    }

    /// <summary>What <c>load</c> asks about, but for the campaign; makes a key and a filter.</summary>
    public async Task<LoadSubject> SubjectAsync(string[] items, CancellationToken stop)
    {
        await UntilIdleAsync(stop);
        var key = await _api.PostAsync("/v1/keys", new() { ["scopes"] = new JsonArray("recommend", "events") }, stop);
        var filter = await _resources.CreateAsync(
            "Filter",
            new()
            {
                ["name"] = "unmet",
                ["datasetGroupArn"] = await FindAsync("ListDatasetGroups", "datasetGroups", "datasetGroupArn", Name, stop),
                ["filterExpression"] = "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"*\")",
            },
            stop);
        return new LoadSubject("", filter, await TrackingIdAsync(stop), $"{key["id"]}:{key["secret"]}", items);
    }

    private async Task<JsonObject> SolutionAsync(string recipe, CancellationToken stop) => new()
    {
        ["name"] = recipe,
        ["datasetGroupArn"] = await FindAsync("ListDatasetGroups", "datasetGroups", "datasetGroupArn", Name, stop),
        ["recipeArn"] = $"arn:aws:personalize:::recipe/{recipe}",
        ["performAutoTraining"] = false,
    };

    private async Task<string> FindAsync(string operation, string listMember, string arnMember, string name, CancellationToken stop)
    {
        var list = (await _api.CallAsync(operation, new() { ["maxResults"] = 100 }, stop))[listMember]!.AsArray();
        return (string?)list.FirstOrDefault(r => (string?)r!["name"] == name)?[arnMember]
            ?? throw new InvalidOperationException($"{operation} names no '{name}'; the benchmark's own data folder was expected.");
    }

    private async Task<bool> HasJobsAsync(CancellationToken stop)
    {
        var jobs = JsonNode.Parse(await http.GetStringAsync(new Uri("/v1/jobs", UriKind.Relative), stop));
        return jobs!["jobs"]!.AsArray().Count > 0;
    }
}
