using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Demo;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Crash;

/// <summary>
/// kill -9 while recommenders are made and trained: each that was acknowledged is there and ends ACTIVE, serves a whole model, and leaves no version
/// that nobody names.
/// </summary>
public sealed class RecommenderDrillTests
{
    private const string Schema = """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},{"name":"EVENT_TYPE","type":"string"}]}
        """;

    private static readonly string[] UseCases = ["aws-vod-top-picks", "aws-vod-most-popular", "aws-vod-because-you-watched-x"];
    private const int Kills = 2; // after a third a job would be given up
    private static readonly int Rounds = Drills.Long ? 6 : 1;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KillNine_WhileRecommendersAreMade_EachEndsActive_AndNothingHalfMadeStays()
    {
        TestContext.Current.SendDiagnosticMessage($"seed {Drills.Seed}");
        for (var round = 0; round < Rounds; round++) await KillAsync(new Random(Drills.Seed + round));
    }

    private static async Task KillAsync(Random random)
    {
        using var folder = new TemporaryFolder();
        var group = "";
        var made = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var host = await HostProcess.StartAsync(new() { DataPath = folder.Path });
            using var client = new ServiceClient(host);
            if (kill == 0) group = await PrepareAsync(client);
            // While one is created as well as while those before are trained and deployed.
            using var killed = new CancellationTokenSource();
            var making = MakeAsync(client, group, kill, made, killed.Token);
            await Task.Delay(random.Next(5, 2_500), Stop);
            await host.KillAsync();
            await killed.CancelAsync();
            await making;
        }

        await using var last = await HostProcess.StartAsync(new() { DataPath = folder.Path });
        using var survivor = new ServiceClient(last);
        var listed = (await survivor.CallAsync("ListRecommenders", new() { ["datasetGroupArn"] = group }))["recommenders"]!.AsArray()
            .Select(one => (string)one!["recommenderArn"]!).ToList();
        Assert.Empty(made.Except(listed)); // one that was not acknowledged may be there, or not; it is whole
        foreach (var recommender in listed)
        {
            await Eventually.IsTrueAsync(async () =>
            {
                var described = await survivor.DescribeAsync("Recommender", recommender);
                Assert.True((string?)described["status"] is not "CREATE FAILED", (string?)described["failureReason"]);
                return (string?)described["status"] == "ACTIVE";
            });
            Assert.Equal(5, (await RecommendAsync(survivor, recommender)).Distinct().Count());
        }
        // The refined models have taken the places of the quick ones, and nothing of what was under way when the process died is left.
        await Eventually.IsTrueAsync(() => Task.FromResult(
            listed.TrueForAll(recommender => Models(folder, recommender) == 1)
            && Directory.GetDirectories(folder.At("models"), "recommender.*", SearchOption.AllDirectories).Length == listed.Count
            && Directory.GetFiles(folder.At("trainings"), "*", SearchOption.AllDirectories).Length == 0));
    }

    private static int Models(TemporaryFolder folder, string recommender)
    {
        var own = folder.At($"models/{TestKey.Bootstrap.Account}/recommender.{recommender[(recommender.LastIndexOf('/') + 1)..]}");
        return Directory.Exists(own) ? Directory.GetFiles(own).Length : 0;
    }

    private static async Task MakeAsync(ServiceClient client, string group, int kill, List<string> made, CancellationToken killed)
    {
        try
        {
            for (var i = 0; i < UseCases.Length; i++)
            {
                var answer = await client.Api.CallAsync("CreateRecommender", new()
                {
                    ["name"] = $"r{kill}-{i}", ["datasetGroupArn"] = group, ["recipeArn"] = $"arn:aws:personalize:::recipe/{UseCases[i]}",
                }, killed);
                made.Add((string)answer["recommenderArn"]!);
            }
        }
        catch (Exception brokenOff) when (brokenOff is HttpRequestException or OperationCanceledException or IOException)
        {
            // Sent or not, it was not acknowledged.
        }
    }

    private static async Task<string> PrepareAsync(ServiceClient client)
    {
        var csv = new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n");
        var random = new Random(5);
        for (var row = 0; row < 6_000; row++)
        {
            var user = random.Next(300);
            csv.Append(CultureInfo.InvariantCulture, $"user-{user},film-{user % 8}-{random.Next(15)},{1_700_000_000 + row},Watch\n");
        }
        var group = (string)(await client.CallAsync("CreateDatasetGroup", new() { ["name"] = "films", ["domain"] = "VIDEO_ON_DEMAND" }))["datasetGroupArn"]!;
        var schema = (string)(await client.CallAsync(
            "CreateSchema", new() { ["name"] = "films", ["schema"] = Schema, ["domain"] = "VIDEO_ON_DEMAND" }))["schemaArn"]!;
        var dataset = (string)(await client.CallAsync("CreateDataset", new()
        {
            ["name"] = "watched", ["schemaArn"] = schema, ["datasetGroupArn"] = group, ["datasetType"] = "Interactions",
        }))["datasetArn"]!;
        await client.Resources("drill").ImportAsync(
            dataset, new DemoDataset("Interactions", Schema, "watched.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()))), Stop);
        return group;
    }

    private static async Task<List<string>> RecommendAsync(ServiceClient client, string recommender)
    {
        var request = new JsonObject { ["recommenderArn"] = recommender, ["numResults"] = 5, ["userId"] = "user-3" };
        if (recommender.EndsWith("-2", StringComparison.Ordinal)) request["itemId"] = "film-3-1";
        var answer = await client.Api.PostAsync("/recommendations", request, Stop);
        return [.. answer["itemList"]!.AsArray().Select(item => (string)item!["itemId"]!)];
    }
}
