using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Demo;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Crash;

/// <summary>kill -9 in the middle of a data deletion job: it ends, the users are gone, and nobody else's rows are.</summary>
public sealed class DeletionDrillTests
{
    private const int Users = 6_000;
    private const int RowsPerUser = 20;
    private const int Kills = 2; // after a third the job would be given up
    private static readonly int Rounds = Drills.Long ? 6 : 1;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KillNine_InADataDeletionJob_EndsAsOneThatNothingDisturbed()
    {
        TestContext.Current.SendDiagnosticMessage($"seed {Drills.Seed}");
        for (var round = 0; round < Rounds; round++) await KillAsync(new Random(Drills.Seed + round));
    }

    private static async Task KillAsync(Random random)
    {
        using var folder = new TemporaryFolder();
        string group = "", dataset = "", tracker = "", job = "";
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var host = await HostProcess.StartAsync(new() { DataPath = folder.Path });
            using var client = new ServiceClient(host);
            if (kill == 0)
            {
                (group, dataset, tracker) = await PrepareAsync(client);
                job = await CreateAsync(client, group);
            }
            // Reading the list, rewriting segments, building snapshots, removing files: wherever that finds it.
            await Task.Delay(random.Next(1, 400), Stop);
            await host.KillAsync();
        }

        await using var last = await HostProcess.StartAsync(new() { DataPath = folder.Path });
        using var survivor = new ServiceClient(last);
        await Eventually.IsTrueAsync(async () =>
        {
            var described = await survivor.DescribeAsync("DataDeletionJob", job);
            Assert.True((string?)described["status"] is not "FAILED", (string?)described["failureReason"]);
            return (string?)described["status"] == "COMPLETED";
        });

        // Rows of the import, and an event of each fifth user that was put before.
        var receipt = await survivor.DescribeAsync("DataDeletionJob", job);
        Assert.Equal(Users / 2 * RowsPerUser + Users / 2 / 5, (int)receipt["numDeleted"]!);
        var rows = await ExportAsync(survivor, dataset, folder);
        Assert.Equal(Users / 2 * RowsPerUser + Users / 2 / 5, rows.Count);
        Assert.Equal(Enumerable.Range(0, Users / 2).Select(user => Id((2 * user) + 1)), rows.Distinct().Order(StringComparer.Ordinal));
        // It goes on as ever.
        await survivor.PutEventAsync(tracker, Id(0), "item-1");
        Assert.Equal(0, await last.StopAsync(Stop)); // a host that runs writes and removes files
        AssertNoTrace(folder, Id(2));
    }

    private static string Id(int user) => string.Create(CultureInfo.InvariantCulture, $"somebody-{user:D5}");

    private static async Task<(string Group, string Dataset, string Tracker)> PrepareAsync(ServiceClient client)
    {
        var csv = new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n");
        for (var row = 0; row < Users * RowsPerUser; row++)
            csv.Append(CultureInfo.InvariantCulture, $"{Id(row % Users)},item-{row % 97},{1_700_000_000 + row},View\n");
        var resources = client.Resources("drill");
        var group = await resources.CreateGroupAsync(Stop);
        var interactions = new DemoDataset(
            "Interactions", SmallData.Schema, "interactions.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())));
        var dataset = await resources.CreateDatasetAsync(group, interactions, Stop);
        await resources.ImportAsync(dataset, interactions, Stop);
        var tracker = await resources.CreateTrackerAsync(group, Stop);
        await Parallel.ForAsync(0, Users / 5, Stop, async (user, _) => await client.PutEventAsync(tracker, Id(5 * user), "item-0"));
        return (group, dataset, tracker);
    }

    /// <summary>Deletes every second user.</summary>
    private static async Task<string> CreateAsync(ServiceClient client, string group)
    {
        var list = new StringBuilder("USER_ID\n");
        for (var user = 0; user < Users; user += 2) list.Append(Id(user)).Append('\n');
        await client.Api.UploadAsync(DemoResources.Bucket, "gone.csv", new StringContent(list.ToString()), null, Stop);
        return (string)(await client.CallAsync("CreateDataDeletionJob", new()
        {
            ["jobName"] = "drill", ["datasetGroupArn"] = group, ["roleArn"] = "arn:aws:iam::000000000000:role/not-used",
            ["dataSource"] = new JsonObject { ["dataLocation"] = $"s3://{DemoResources.Bucket}/gone.csv" },
        }))["dataDeletionJobArn"]!;
    }

    /// <returns>The user of every interaction that there is.</returns>
    private static async Task<List<string>> ExportAsync(ServiceClient client, string dataset, TemporaryFolder folder)
    {
        var job = (string)(await client.CallAsync("CreateDatasetExportJob", new()
        {
            ["jobName"] = "left", ["datasetArn"] = dataset, ["ingestionMode"] = "ALL", ["roleArn"] = "arn:aws:iam::000000000000:role/not-used",
            ["jobOutput"] = new JsonObject { ["s3DataDestination"] = new JsonObject { ["path"] = $"s3://{DemoResources.Bucket}/left/" } },
        }))["datasetExportJobArn"]!;
        await Eventually.IsTrueAsync(async () => (string?)(await client.DescribeAsync("DatasetExportJob", job))["status"] == "ACTIVE");
        var files = Directory.GetFiles(folder.At($"buckets/{TestKey.Bootstrap.Account}/{DemoResources.Bucket}/left"), "*.csv", SearchOption.AllDirectories);
        return [.. files.SelectMany(file => File.ReadLines(file).Skip(1)).Select(line => line.Split(',')[0].Trim('"'))];
    }

    /// <summary>Buckets are the tenant's own: the list itself lies there.</summary>
    private static void AssertNoTrace(TemporaryFolder folder, string user)
    {
        var id = Encoding.UTF8.GetBytes(user);
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            if (file.StartsWith(folder.At("buckets"), StringComparison.Ordinal)) continue;
            Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(id) < 0, $"{file} holds {user}");
        }
    }
}
