using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Crash;

/// <summary>kill -9 in the middle of a batch job: it goes on where it was, and every line has one answer, in its place.</summary>
public sealed class BatchDrillTests
{
    private static readonly int Lines = Drills.Long ? 2_000_000 : 250_000;
    private static readonly int Kills = Drills.Long ? 8 : 2;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KillNine_InABatchJob_AnswersEachLineOnce_AsAJobThatNothingDisturbed()
    {
        using var folder = new TemporaryFolder();
        string version = "", job = "";
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var host = await HostProcess.StartAsync(new() { DataPath = folder.Path });
            using var client = new ServiceClient(host);
            if (kill == 1)
            {
                version = await TrainAsync(client);
                await UploadAsync(client);
                job = await CreateAsync(client, "killed", version, "s3://drill/killed/");
            }
            await Eventually.IsTrueAsync(async () => await ProgressAsync(client, job) > (kill - 0.7) / Kills);
            Assert.Empty(Directory.GetFiles(folder.At("buckets"), "*.out", SearchOption.AllDirectories)); // never the half of an output
            await host.KillAsync();
        }

        await using var last = await HostProcess.StartAsync(new() { DataPath = folder.Path });
        using var survivor = new ServiceClient(last);
        await UntilActiveAsync(survivor, job);
        await UntilActiveAsync(survivor, await CreateAsync(survivor, "whole", version, "s3://drill/whole/"));

        var killed = await File.ReadAllLinesAsync(Output(folder, "killed"), Stop);
        Assert.Equal(Enumerable.Range(0, Lines).Select(line => $"user-{line}"), killed.Select(UserOf));
        Assert.Equal(await File.ReadAllLinesAsync(Output(folder, "whole"), Stop), killed);
        Assert.Empty(Directory.GetFiles(folder.At("outputs"), "*", SearchOption.AllDirectories));
    }

    private static string UserOf(string line) => JsonDocument.Parse(line).RootElement.GetProperty("input").GetProperty("userId").GetString()!;

    private static string Output(TemporaryFolder folder, string name) =>
        folder.At($"buckets/{TestKey.Bootstrap.Account}/drill/{name}/users.json.out");

    private static async Task<string> TrainAsync(ServiceClient client)
    {
        var resources = client.Resources("drill");
        var group = await resources.CreateGroupAsync(Stop);
        await resources.ImportAsync(await resources.CreateDatasetAsync(group, SmallData.Interactions, Stop), SmallData.Interactions, Stop);
        // A recipe with one model: what is answered before and after a kill is the same.
        return await resources.TrainAsync(group, "kindred-ials", Stop);
    }

    private static async Task UploadAsync(ServiceClient client)
    {
        var lines = new StringBuilder();
        for (var line = 0; line < Lines; line++) lines.Append("{\"userId\":\"user-").Append(line).Append("\"}\n");
        await client.Api.UploadAsync("drill", "in/users.json", new StringContent(lines.ToString()), null, Stop);
    }

    private static async Task<string> CreateAsync(ServiceClient client, string name, string version, string output) =>
        (string)(await client.CallAsync("CreateBatchInferenceJob", new()
        {
            ["jobName"] = name, ["solutionVersionArn"] = version, ["roleArn"] = "arn:aws:iam::000000000000:role/not-used",
            ["jobInput"] = new JsonObject { ["s3DataSource"] = new JsonObject { ["path"] = "s3://drill/in/users.json" } },
            ["jobOutput"] = new JsonObject { ["s3DataDestination"] = new JsonObject { ["path"] = output } },
        }))["batchInferenceJobArn"]!;

    private static async Task<double?> ProgressAsync(ServiceClient client, string job)
    {
        var jobs = (await client.GetAsync("/v1/jobs"))["jobs"]!.AsArray();
        return (double?)jobs.FirstOrDefault(one => (string?)one!["resourceArn"] == job)?["progress"];
    }

    private static Task UntilActiveAsync(ServiceClient client, string job) => Eventually.IsTrueAsync(async () =>
    {
        var described = await client.DescribeAsync("BatchInferenceJob", job);
        Assert.True((string?)described["status"] is not "CREATE FAILED", (string?)described["failureReason"]);
        return (string?)described["status"] == "ACTIVE";
    });
}
