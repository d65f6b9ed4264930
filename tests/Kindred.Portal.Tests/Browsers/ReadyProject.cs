using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Client;

namespace Kindred.Portal.Tests.Browsers;

/// <summary>A project that serves: 60 users, 40 items with names that are markup, a model of what is popular, and a tracker.</summary>
public sealed record ReadyProject(string Name, string Campaign, string Solution, string TrackingId)
{
    public const string UserId = "user-7";
    public const string Bucket = "portal-tests";
    private const string Role = "arn:aws:iam::000000000000:role/not-used";

    /// <summary>A file as a shop has it: its own column names, and times as dates.</summary>
    public static string Csv(int users = 60, int perUser = 20, int broken = 0)
    {
        var text = new StringBuilder("user,item,rating,when\n");
        var random = new Random(7);
        for (var user = 0; user < users; user++)
        {
            for (var i = 0; i < perUser; i++)
            {
                var when = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(user * 11 + i * 17);
                var item = (int)(40 * Math.Pow(random.NextDouble(), 2));
                text.Append(CultureInfo.InvariantCulture, $"user-{user},item-{item},{1 + (user + i) % 5},{when:yyyy-MM-dd HH:mm:ss}\n");
            }
        }
        for (var i = 0; i < broken; i++) text.Append(CultureInfo.InvariantCulture, $"user-{i},item-{i},3,no time\n");
        return text.ToString();
    }

    /// <param name="api">Of the tenant.</param>
    /// <param name="name">Of the project, and of everything in it.</param>
    /// <param name="stop">Ends the making.</param>
    /// <param name="hasEvents">Whether something was bought already, and is counted.</param>
    internal static async Task<ReadyProject> MakeAsync(ApiClient api, string name, CancellationToken stop, bool hasEvents = true)
    {
        var resources = new ResourceClient(api);
        var group = await resources.CreateAsync("DatasetGroup", new() { ["name"] = name }, stop);
        await ImportAsync(api, resources, group, "Items", Items(), """
            {"type":"record","name":"Items","namespace":"x","fields":[{"name":"ITEM_ID","type":"string"},{"name":"NAME","type":["string","null"]},
            {"name":"GENRES","type":["string","null"],"categorical":true}],"version":"1.0"}
            """, stop);
        await ImportAsync(api, resources, group, "Interactions", Interactions(), """
            {"type":"record","name":"Interactions","namespace":"x","fields":[{"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},
            {"name":"EVENT_TYPE","type":"string"},{"name":"TIMESTAMP","type":"long"}],"version":"1.0"}
            """, stop);
        var solution = await resources.CreateAsync("Solution", new()
        {
            ["name"] = name, ["datasetGroupArn"] = group, ["recipeArn"] = "arn:aws:personalize:::recipe/aws-popularity-count",
            ["performAutoTraining"] = false,
        }, stop);
        var version = await resources.CreateAsync("SolutionVersion", new() { ["solutionArn"] = solution }, stop);
        var campaign = await resources.CreateAsync("Campaign", new() { ["name"] = name, ["solutionVersionArn"] = version }, stop);
        await resources.CreateAsync("Filter", new()
        {
            ["name"] = name, ["datasetGroupArn"] = group, ["filterExpression"] = "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"*\")",
        }, stop);
        await resources.CreateAsync("Filter", new()
        {
            ["name"] = name == "catalogue" ? "by-genre" : $"{name}-by-genre", ["datasetGroupArn"] = group,
            ["filterExpression"] = "INCLUDE ItemID WHERE Items.GENRES IN ($GENRES)",
        }, stop);
        await api.UploadAsync(Bucket, $"{name}-questions.jsonl", new StringContent($$"""{"userId":"{{UserId}}"}""" + "\n"), sha256: null, stop);
        await resources.CreateAsync("BatchInferenceJob", new()
        {
            ["jobName"] = name, ["solutionVersionArn"] = version, ["roleArn"] = Role,
            ["jobInput"] = new JsonObject { ["s3DataSource"] = new JsonObject { ["path"] = $"s3://{Bucket}/{name}-questions.jsonl" } },
            ["jobOutput"] = new JsonObject { ["s3DataDestination"] = new JsonObject { ["path"] = $"s3://{Bucket}/answers/" } },
        }, stop);
        var tracker = await resources.CreateAsync("EventTracker", new() { ["name"] = name, ["datasetGroupArn"] = group }, stop);
        var described = await resources.DescribeAsync("EventTracker", tracker, stop);
        var ready = new ReadyProject(name, campaign, solution, (string)described["trackingId"]!);
        if (hasEvents) await ready.AttributeAsync(api, resources, group, stop);
        return ready;
    }

    /// <summary>Counts what its recommendations lead to, and buys a few things of them and of a newsletter.</summary>
    private async Task AttributeAsync(ApiClient api, ResourceClient resources, string group, CancellationToken stop)
    {
        await resources.CreateAsync("MetricAttribution", new()
        {
            ["name"] = $"{Name}-results", ["datasetGroupArn"] = group, ["metricsOutputConfig"] = new JsonObject { ["roleArn"] = Role },
            ["metrics"] = new JsonArray(new JsonObject { ["eventType"] = "Purchase", ["metricName"] = "orders", ["expression"] = "SAMPLECOUNT()" }),
        }, stop);
        for (var i = 0; i < 6; i++)
        {
            var bought = new JsonObject { ["eventType"] = "Purchase", ["itemId"] = $"item-{i}", ["sentAt"] = DateTimeOffset.UtcNow.AddDays(-i).ToUnixTimeSeconds() };
            if (i % 2 == 0) bought["metricAttribution"] = new JsonObject { ["eventAttributionSource"] = "<i>news</i>letter" };
            await api.PostAsync("/events", new JsonObject
            {
                ["trackingId"] = TrackingId, ["userId"] = UserId, ["sessionId"] = "attributed", ["eventList"] = new JsonArray(bought),
            }, stop);
        }
    }

    /// <param name="domain">Of the group; null for none.</param>
    internal static async Task ImportAsync(
        ApiClient api, ResourceClient resources, string group, string type, string csv, string schema, CancellationToken stop, string? domain = null)
    {
        var label = $"{group.Split('/')[1]}-{type.ToLowerInvariant()}";
        var schemaArn = await resources.CreateAsync("Schema", new() { ["name"] = label, ["schema"] = schema, ["domain"] = domain }, stop);
        var dataset = await resources.CreateAsync("Dataset", new()
        {
            ["name"] = label, ["schemaArn"] = schemaArn, ["datasetGroupArn"] = group, ["datasetType"] = type,
        }, stop);
        await api.UploadAsync(Bucket, $"{label}.csv", new StringContent(csv), sha256: null, stop);
        await resources.CreateAsync("DatasetImportJob", new()
        {
            ["jobName"] = label, ["datasetArn"] = dataset, ["roleArn"] = Role,
            ["dataSource"] = new JsonObject { ["dataLocation"] = $"s3://{Bucket}/{label}.csv" },
        }, stop);
    }

    private static string Items() => "ITEM_ID,NAME,GENRES\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
        $"item-{i},<b id=stored>Film {i}</b> with a title that goes on for longer than a tile is wide,{(i % 2 == 0 ? "Drama|Comedy" : "Action")}\n"));

    private static string Interactions() => "USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP\n" + string.Concat(Enumerable.Range(0, 1_200).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"user-{i % 60},item-{(i * 13 + i / 60 * i) % 40},{(i % 3 == 0 ? "purchase" : "view")},{1_700_000_000 + i * 3_571L}\n")));
}
