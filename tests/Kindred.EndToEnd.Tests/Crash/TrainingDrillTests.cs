using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Crash;

/// <summary>kill -9 in the middle of long trainings: they go on where they were, on the data they began with, and end with the same model.</summary>
public sealed class TrainingDrillTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KillNine_TwiceInOneTraining_EndsWithTheModelOfAnUninterruptedOne()
    {
        using var folder = new TemporaryFolder();
        string solution, whole, version, tracker;
        await using (var host = await HostProcess.StartAsync(new() { DataPath = folder.Path }))
        {
            using var client = new ServiceClient(host);
            var group = await ImportAsync(client);
            tracker = await client.Resources("drill").CreateTrackerAsync(group, Stop);
            solution = await CreateSolutionAsync(client, group, "kindred-ials", new() { ["epochs"] = "200", ["hidden_dimension"] = "128" });
            whole = await TrainAsync(client, solution);
            await UntilAsync(() => IsActiveAsync(client, whole));

            version = await TrainAsync(client, solution);
            await UntilAsync(async () => await ProgressAsync(client, version) > 0.3);
            await host.KillAsync();
        }
        await using (var host = await HostProcess.StartAsync(new() { DataPath = folder.Path }))
        {
            using var client = new ServiceClient(host);
            await client.PutEventAsync(tracker, "user-1", "item-2-3"); // not what the training began with
            await UntilAsync(async () => await ProgressAsync(client, version) > 0.85);
            await host.KillAsync();
        }

        await using var last = await HostProcess.StartAsync(new() { DataPath = folder.Path });
        using var survivor = new ServiceClient(last);
        await UntilAsync(() => IsActiveAsync(survivor, version));

        Assert.Equal(await MetricsAsync(survivor, whole), await MetricsAsync(survivor, version));
        Assert.Equal(HashOf(folder, whole), HashOf(folder, version));
        Assert.Empty(Directory.GetFiles(folder.At("trainings"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task KillNine_WhileAVersionIsRefined_ServesAtOnceAndRefinesOn()
    {
        using var folder = new TemporaryFolder();
        string whole, version, campaign;
        await using (var host = await HostProcess.StartAsync(new() { DataPath = folder.Path }))
        {
            using var client = new ServiceClient(host);
            var solution = await CreateSolutionAsync(client, await ImportAsync(client), "aws-user-personalization-v2");
            whole = await TrainAsync(client, solution);
            await UntilAsync(async () => (string?)(await VersionAsync(client, whole))["refinement"] == "Done");

            version = await TrainAsync(client, solution);
            await UntilAsync(() => IsActiveAsync(client, version));
            campaign = await client.Resources("drill").DeployAsync(version, Stop);
            await host.KillAsync();
        }

        await using var last = await HostProcess.StartAsync(new() { DataPath = folder.Path });
        using var survivor = new ServiceClient(last);
        Assert.Equal(10, (await survivor.RecommendAsync(campaign, "user-1")).Count);
        await UntilAsync(async () => (string?)(await VersionAsync(survivor, version))["refinement"] == "Done");

        Assert.Equal(10, (await survivor.RecommendAsync(campaign, "user-1")).Count);
        Assert.Equal(await MetricsAsync(survivor, whole), await MetricsAsync(survivor, version));
        Assert.Equal(HashOf(folder, whole), HashOf(folder, version));
        Assert.Equal((await VersionAsync(survivor, whole))["rung"]!.ToString(), (await VersionAsync(survivor, version))["rung"]!.ToString());
    }

    private static async Task<string> ImportAsync(ServiceClient client)
    {
        var resources = client.Resources("drill");
        var group = await resources.CreateGroupAsync(Stop);
        await resources.ImportAsync(await resources.CreateDatasetAsync(group, SmallData.Interactions, Stop), SmallData.Interactions, Stop);
        return group;
    }

    private static async Task<string> CreateSolutionAsync(ServiceClient client, string group, string recipe, JsonObject? parameters = null)
    {
        var request = new JsonObject
        {
            ["name"] = "drill",
            ["datasetGroupArn"] = group,
            ["recipeArn"] = $"arn:aws:personalize:::recipe/{recipe}",
            ["performAutoTraining"] = false,
        };
        if (parameters is not null) request["solutionConfig"] = new JsonObject { ["algorithmHyperParameters"] = parameters };
        return (string)(await client.CallAsync("CreateSolution", request))["solutionArn"]!;
    }

    private static async Task<string> TrainAsync(ServiceClient client, string solution) =>
        (string)(await client.CallAsync("CreateSolutionVersion", new() { ["solutionArn"] = solution }))["solutionVersionArn"]!;

    private static async Task<bool> IsActiveAsync(ServiceClient client, string version)
    {
        var described = await client.DescribeAsync("SolutionVersion", version);
        Assert.True((string?)described["status"] is not "CREATE FAILED", (string?)described["failureReason"]);
        return (string?)described["status"] == "ACTIVE";
    }

    private static Task<JsonObject> VersionAsync(ServiceClient client, string arn) => client.GetAsync($"/v1/solution-versions/{NameOf(arn)}");

    private static async Task<double?> ProgressAsync(ServiceClient client, string version)
    {
        var jobs = (await client.GetAsync("/v1/jobs"))["jobs"]!.AsArray();
        return (double?)jobs.FirstOrDefault(job => (string?)job!["resourceArn"] == version)?["progress"];
    }

    private static async Task<string> MetricsAsync(ServiceClient client, string version) =>
        (await client.CallAsync("GetSolutionMetrics", new() { ["solutionVersionArn"] = version }))["metrics"]!.ToJsonString();

    private static string HashOf(TemporaryFolder folder, string version) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.At($"models/{TestKey.Bootstrap.Account}/{NameOf(version)}.kindred"))));

    private static string NameOf(string version) => version[(version.IndexOf(":solution/", StringComparison.Ordinal) + ":solution/".Length)..];

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        while (!await condition()) await Task.Delay(30, patience.Token);
    }
}
