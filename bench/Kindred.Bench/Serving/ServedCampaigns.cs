using System.Diagnostics;
using System.Text.Json.Nodes;
using Kindred.Client;

namespace Kindred.Bench.Serving;

/// <summary>Imports interactions through the public API, then trains and deploys recipes on them, timing each part.</summary>
internal sealed class ServedCampaigns(ApiClient api)
{
    private const string Schema =
        """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},{"name":"EVENT_TYPE","type":"string"}],"version":"1.0"}
        """;

    private string? _groupArn;

    /// <returns>From CreateDatasetImportJob to ACTIVE, as a client sees it; the upload is not in it.</returns>
    public async Task<TimeSpan> ImportAsync(string csvPath, CancellationToken stop)
    {
        await using (var csv = File.OpenRead(csvPath)) await api.UploadAsync("bench", "interactions.csv", new StreamContent(csv), null, stop);
        var schema = await CreateAsync("Schema", new() { ["name"] = "bench", ["schema"] = Schema }, stop);
        _groupArn = await CreateAsync("DatasetGroup", new() { ["name"] = "bench" }, stop);
        var dataset = await CreateAsync("Dataset", new() { ["name"] = "bench", ["schemaArn"] = schema, ["datasetGroupArn"] = _groupArn, ["datasetType"] = "Interactions" }, stop);
        var clock = Stopwatch.StartNew();
        await CreateAsync(
            "DatasetImportJob",
            new() { ["jobName"] = "bench", ["datasetArn"] = dataset, ["dataSource"] = new JsonObject { ["dataLocation"] = "s3://bench/interactions.csv" }, ["roleArn"] = "arn:aws:iam::000000000000:role/not-used" },
            stop);
        return clock.Elapsed;
    }

    /// <returns>The campaign, and the time from CreateSolutionVersion to ACTIVE, metrics included.</returns>
    public async Task<(string CampaignArn, TimeSpan Training)> DeployAsync(string recipe, CancellationToken stop)
    {
        var solution = await CreateAsync(
            "Solution", new() { ["name"] = recipe, ["datasetGroupArn"] = _groupArn, ["recipeArn"] = $"arn:aws:personalize:::recipe/{recipe}", ["performAutoTraining"] = false }, stop);
        var clock = Stopwatch.StartNew();
        var version = await CreateAsync("SolutionVersion", new() { ["solutionArn"] = solution }, stop);
        var training = clock.Elapsed;
        return (await CreateAsync("Campaign", new() { ["name"] = recipe, ["solutionVersionArn"] = version }, stop), training);
    }

    /// <summary>Begins to train a recipe, and waits for nothing.</summary>
    public async Task StartTrainingAsync(string recipe, CancellationToken stop)
    {
        var solution = await CreateAsync(
            "Solution", new() { ["name"] = recipe, ["datasetGroupArn"] = _groupArn, ["recipeArn"] = $"arn:aws:personalize:::recipe/{recipe}", ["performAutoTraining"] = false }, stop);
        await api.CallAsync("CreateSolutionVersion", new() { ["solutionArn"] = solution }, stop);
    }

    /// <summary>Waits until no job of the account is left: an ACTIVE version may still be refined.</summary>
    public static async Task UntilIdleAsync(HttpClient http, CancellationToken stop)
    {
        while (JsonNode.Parse(await http.GetStringAsync(new Uri("/v1/jobs", UriKind.Relative), stop))!["jobs"]!.AsArray().Count > 0) await Task.Delay(200, stop);
    }

    /// <summary>Creates a resource and asks until it is ACTIVE, as any client of this protocol does.</summary>
    private async Task<string> CreateAsync(string kind, JsonObject request, CancellationToken stop)
    {
        var member = char.ToLowerInvariant(kind[0]) + kind[1..];
        var arn = (string)(await api.CallAsync($"Create{kind}", request, stop))[$"{member}Arn"]!;
        while (kind != "Schema")
        {
            var resource = (await api.CallAsync($"Describe{kind}", new() { [$"{member}Arn"] = arn }, stop))[member]!;
            if ((string?)resource["status"] is "ACTIVE") break;
            if ((string?)resource["status"] is "CREATE FAILED") throw new InvalidOperationException($"{arn} failed: {resource["failureReason"]}");
            await Task.Delay(50, stop);
        }

        return arn;
    }
}
