using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Demo;
using Kindred.Demo.Shop;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Crash;

/// <summary>What a host has acknowledged before it was killed. Work goes on until the connection breaks; only answers count.</summary>
internal sealed class Ledger
{
    private static readonly SyntheticShop Imported = ShopGenerator.Generate(3, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly DemoDataset Interactions =
        new("Interactions", ShopFiles.InteractionsSchema, "interactions.csv", () => new MemoryStream(ShopFiles.Interactions(Imported)));

    private readonly ConcurrentQueue<(string Kind, string Arn)> _resources = new();
    private readonly ConcurrentQueue<(string Kind, string Arn)> _jobs = new();
    private readonly ConcurrentQueue<(string User, string Item)> _events = new();

    private readonly ConcurrentDictionary<string, string> _outcomes = new();

    public SmallShop Shop { get; set; } = null!;
    public string Summary =>
        $"{_resources.Count} resources, {_jobs.Count} jobs, {_events.Count} events acknowledged; none lost. Jobs: "
        + $"{string.Join(", ", _outcomes.Values.CountBy(o => o).Select(o => $"{o.Value} {o.Key}"))}";

    /// <summary>Schemas, one after the other; no more than the tenant's limit lets all rounds make.</summary>
    public Task CreateResourcesAsync(HostProcess host, int round, CancellationToken killed) => UntilKilledAsync(host, async client =>
    {
        for (var i = 0; i < 40; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"schema-{round}-{i}");
            var schema = await client.Api.CallAsync("CreateSchema", new() { ["name"] = name, ["schema"] = SmallData.Schema }, killed);
            _resources.Enqueue(("Schema", (string)schema["schemaArn"]!));
            await Task.Delay(50, killed);
        }
    });

    /// <summary>A dataset of its own with 300,000 rows, imported; then trained on.</summary>
    public Task ImportAndTrainAsync(HostProcess host, int round, CancellationToken killed) => UntilKilledAsync(host, async client =>
    {
        // Training competes with the import of the round before, which resumes after the restart.
        await CreateVersionAsync(client, Shop.SolutionVersionArn[..Shop.SolutionVersionArn.LastIndexOf('/')], killed);
        await using var body = Interactions.Open();
        var (bucket, key) = (DemoResources.Bucket, $"drill/{round}.csv");
        await client.Api.UploadAsync(bucket, key, new StreamContent(body), null, killed);
        var job = await client.Api.CallAsync(
            "CreateDatasetImportJob",
            new()
            {
                ["jobName"] = $"drill-{round}",
                ["datasetArn"] = Shop.DatasetArn,
                ["importMode"] = "INCREMENTAL",
                ["roleArn"] = "arn:aws:iam::000000000000:role/not-used",
                ["dataSource"] = new JsonObject { ["dataLocation"] = $"s3://{bucket}/{key}" },
            },
            killed);
        _jobs.Enqueue(("DatasetImportJob", (string)job["datasetImportJobArn"]!));
        await CreateVersionAsync(client, Shop.SolutionVersionArn[..Shop.SolutionVersionArn.LastIndexOf('/')], killed);
    });

    /// <summary>Events of many users; each user views a few items, in order.</summary>
    public Task SendEventsAsync(HostProcess host, int round, CancellationToken killed) =>
        Task.WhenAll(Enumerable.Range(0, 8).Select(sender => UntilKilledAsync(host, async client =>
    {
        for (var i = 0; ; i++)
        {
            var user = string.Create(CultureInfo.InvariantCulture, $"visitor-{round}-{sender}-{i / 3}");
            var item = $"item-{sender % SmallData.Groups}-{i % 15}";
            await client.Api.PostAsync("/events", ServiceClient.EventRequest(Shop.TrackingId, user, item), killed);
            _events.Enqueue((user, item));
        }
    })));

    public async Task VerifyAsync(HostProcess host, TimeSpan jobsEndWithin)
    {
        using var client = new ServiceClient(host);
        var stop = TestContext.Current.CancellationToken;
        foreach (var (kind, arn) in _resources) Assert.Equal(arn, (string?)(await client.DescribeAsync(kind, arn))["schemaArn"]);
        await VerifyEventsAsync(client);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(jobsEndWithin);
        foreach (var (kind, arn) in _jobs) await VerifyJobEndsAsync(client, kind, arn, deadline.Token);

        // Whatever happened, the campaign serves a whole model.
        Assert.Equal(10, (await client.RecommendAsync(Shop.CampaignArn, "user-1")).Distinct().Count());
    }

    /// <summary>An acknowledged view makes an item seen, and seen items come last: so it is not among the first.</summary>
    private async Task VerifyEventsAsync(ServiceClient client)
    {
        foreach (var visitor in _events.GroupBy(e => e.User))
        {
            var recommended = await client.RecommendAsync(Shop.CampaignArn, visitor.Key, numResults: 25);
            Assert.Empty(recommended.Intersect(visitor.Select(e => e.Item)));
        }
    }

    private async Task VerifyJobEndsAsync(ServiceClient client, string kind, string arn, CancellationToken deadline)
    {
        while (true)
        {
            var job = await client.DescribeAsync(kind, arn);
            var status = (string?)job["status"];
            _outcomes[arn] = $"{status} {job["failureReason"]}".TrimEnd();
            if (status == "ACTIVE") break;
            if (status == "CREATE FAILED")
            {
                Assert.False(string.IsNullOrEmpty((string?)job["failureReason"]), $"{arn} failed without a reason");
                break;
            }

            Assert.Contains(status, (string?[])["CREATE PENDING", "CREATE IN_PROGRESS"]);
            await Task.Delay(100, deadline);
        }

        // A published version has its metrics; there is no version without them.
        if (kind == "SolutionVersion" && (string?)(await client.DescribeAsync(kind, arn))["status"] == "ACTIVE")
            Assert.NotEmpty((await client.CallAsync("GetSolutionMetrics", new() { ["solutionVersionArn"] = arn }))["metrics"]!.AsObject());
    }

    private async Task CreateVersionAsync(ServiceClient client, string solutionArn, CancellationToken killed)
    {
        var version = await client.Api.CallAsync("CreateSolutionVersion", new() { ["solutionArn"] = solutionArn }, killed);
        _jobs.Enqueue(("SolutionVersion", (string)version["solutionVersionArn"]!));
    }

    /// <summary>Runs until the host is gone. What breaks off was not acknowledged; a refusal is a failure of the test.</summary>
    private static async Task UntilKilledAsync(HostProcess host, Func<ServiceClient, Task> work)
    {
        using var client = new ServiceClient(host);
        try
        {
            await work(client);
        }
        catch (Exception brokenOff) when (brokenOff is HttpRequestException or OperationCanceledException or IOException)
        {
            // Sent or not, it was not acknowledged. Only the end of the host may break a connection.
            await host.Ended.WaitAsync(TimeSpan.FromSeconds(10));
        }
    }
}
