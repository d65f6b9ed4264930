using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Demo;

namespace Kindred.EndToEnd.Tests.LifeCycle;

/// <summary>
/// Metadata columns of interactions, as an application uses them: imported, sent with events, and given as <c>context</c> of a
/// request.
/// </summary>
[Collection(SharedHostDefinition.Name)]
public sealed class ContextTests(SharedHost host)
{
    private const int Users = 500;
    private const int Items = 30; // of each half
    private const string Schema = """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},{"name":"EVENT_TYPE","type":"string"},
        {"name":"DAY_PART","type":["null","string"],"categorical":true},{"name":"DEGREES","type":["null","float"]},{"name":"NOTE","type":["null","string"]}]}
        """;

    [Fact]
    public async Task GetRecommendations_InAContext_GivesWhatIsMetThen()
    {
        using var client = new ServiceClient(host.Process);
        var (resources, stop) = (client.Resources("context"), TestContext.Current.CancellationToken);
        var data = new DemoDataset("Interactions", Schema, "interactions.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(Csv())));
        var group = await resources.CreateGroupAsync(stop);
        var dataset = await resources.CreateDatasetAsync(group, data, stop);
        await resources.ImportAsync(dataset, data, stop);
        var tracker = await resources.CreateTrackerAsync(group, stop);
        var random = new Random(2);
        for (var user = 0; user < 80; user++) // what is met at dusk only events tell: it is the half of the night
            await client.Api.PostAsync("/events", Dusk(tracker, $"user-{user}", random), stop);

        var campaign = await resources.DeployAsync(await resources.TrainAsync(group, "kindred-transformer", stop), stop);

        Assert.True(await DaysAsync(("DAY_PART", "day"), ("DEGREES", "21.5")) >= 8);
        Assert.True(await DaysAsync(("DAY_PART", "night"), ("NOTE", "nobody learns this")) <= 2);
        Assert.True(await DaysAsync(("DAY_PART", "dusk")) <= 3);
        Assert.InRange(await DaysAsync(("DAY_PART", "noon")), 2, 8);

        async Task<int> DaysAsync(params (string Name, string Value)[] context)
        {
            var request = new JsonObject
            {
                ["campaignArn"] = campaign, ["userId"] = "user-300", ["numResults"] = 10,
                ["context"] = new JsonObject(context.Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)entry.Value))),
            };
            var answer = await client.Api.PostAsync("/recommendations", request, stop);
            return answer["itemList"]!.AsArray().Count(item => ((string)item!["itemId"]!).StartsWith("day", StringComparison.Ordinal));
        }
    }

    private static JsonObject Dusk(string tracker, string user, Random random) => new()
    {
        ["trackingId"] = tracker, ["userId"] = user, ["sessionId"] = $"dusk of {user}",
        ["eventList"] = new JsonArray([.. Enumerable.Range(0, 10).Select(i => new JsonObject
        {
            ["eventType"] = "View", ["itemId"] = $"night-{random.Next(Items)}", ["sentAt"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 100 + i,
            ["properties"] = """{"dayPart":"dusk","degrees":12.5}""",
        })]),
    };

    private static string Csv()
    {
        var (random, rows, time) = (new Random(1), new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,DAY_PART,DEGREES,NOTE\n"), 1_700_000_000L);
        for (var user = 0; user < Users; user++)
        {
            for (var i = 0; i < 10; i++)
            {
                var half = random.Next(2) == 0 ? "day" : "night";
                rows.Append(
                    CultureInfo.InvariantCulture,
                    $"user-{user},{half}-{random.Next(Items)},{time++},View,{half},{random.Next(400) / 10.0},note {time}\n");
            }
        }
        return rows.ToString();
    }
}
