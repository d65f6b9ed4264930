using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Client;

namespace Kindred.Portal.Tests.Browsers;

/// <summary>
/// The project <c>offers</c>: 80 users with tastes in two halves of the catalogue; of the actions the one half takes <c>join</c>, the other
/// <c>install</c>. Both were answered often enough for a score, <c>greet</c> was not, and <c>over</c> has ended. A campaign offers them.
/// </summary>
internal static class ActionProject
{
    public const string Name = "offers";
    private const int Users = 80;
    private const long Start = 1_700_000_000;

    /// <param name="pictures">Origin of pictures that the portal may show.</param>
    public static async Task MakeAsync(ApiClient api, Uri pictures, CancellationToken stop)
    {
        var resources = new ResourceClient(api);
        var group = await resources.CreateAsync("DatasetGroup", new() { ["name"] = Name }, stop);
        await ReadyProject.ImportAsync(api, resources, group, "Interactions", Interactions(), Schema("Interactions", """
            {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"}
            """), stop);
        await ReadyProject.ImportAsync(api, resources, group, "Actions", Actions(pictures), Schema("Actions", """
            {"name":"ACTION_ID","type":"string"},{"name":"NAME","type":["string","null"]},{"name":"KIND","type":["string","null"],"categorical":true},
            {"name":"VALUE","type":["long","null"]},{"name":"REPEAT_FREQUENCY","type":["long","null"]},
            {"name":"EXPIRATION_TIMESTAMP","type":["long","null"]},{"name":"PICTURE","type":["string","null"]}
            """), stop);
        await ReadyProject.ImportAsync(api, resources, group, "Action_Interactions", Answers(), Schema("ActionInteractions", """
            {"name":"USER_ID","type":"string"},{"name":"ACTION_ID","type":"string"},{"name":"EVENT_TYPE","type":"string"},{"name":"TIMESTAMP","type":"long"}
            """), stop);
        var solution = await resources.CreateAsync("Solution", new()
        {
            ["name"] = Name, ["datasetGroupArn"] = group, ["recipeArn"] = "arn:aws:personalize:::recipe/aws-next-best-action", ["performAutoTraining"] = false,
        }, stop);
        var version = await resources.CreateAsync("SolutionVersion", new() { ["solutionArn"] = solution }, stop);
        await resources.CreateAsync("Campaign", new() { ["name"] = Name, ["solutionVersionArn"] = version }, stop);
        await resources.CreateAsync("Filter", new()
        {
            ["name"] = "kind-of-offer", ["datasetGroupArn"] = group, ["filterExpression"] = "INCLUDE ActionID WHERE Actions.KIND IN ($KIND)",
        }, stop);
    }

    /// <summary>Says that a user took an action, now.</summary>
    public static async Task TakeAsync(ApiClient api, string account, string user, string action, CancellationToken stop)
    {
        var dataset = await new ResourceClient(api).DescribeAsync("Dataset", $"arn:aws:personalize:us-east-1:{account}:dataset/{Name}/ACTION_INTERACTIONS", stop);
        await api.PostAsync("/action-interactions", new JsonObject
        {
            ["trackingId"] = (string)dataset["trackingId"]!,
            ["actionInteractions"] = new JsonArray(new JsonObject
            {
                ["actionId"] = action, ["userId"] = user, ["sessionId"] = "s", ["eventType"] = "Taken",
                ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            }),
        }, stop);
    }

    private static string Schema(string name, string fields) =>
        $$"""{"type":"record","name":"{{name}}","namespace":"x","fields":[{{fields}}],"version":"1.0"}""";

    private static string Interactions() => "USER_ID,ITEM_ID,TIMESTAMP\n" + string.Concat(
        from user in Enumerable.Range(0, Users)
        from place in Enumerable.Range(0, 14)
        select string.Create(CultureInfo.InvariantCulture, $"user-{user},item-{user % 2}-{(user * 3 + place) % 20},{Start + 60 * place + user}\n"));

    private static string Actions(Uri pictures) => $"""
        ACTION_ID,NAME,KIND,VALUE,REPEAT_FREQUENCY,EXPIRATION_TIMESTAMP,PICTURE
        join,<b id=stored>Join</b> the club with a title that goes on for longer than a tile is wide,offer,3,10,,{pictures}join.svg
        install,Install the app,offer,5,10,,https://elsewhere.example/install.png
        greet,Read the news,news,1,,,{pictures}nothing.svg
        over,Summer sale,offer,9,,1600000000,

        """;

    private static string Answers()
    {
        var random = new Random(7);
        var csv = new StringBuilder("USER_ID,ACTION_ID,EVENT_TYPE,TIMESTAMP\n");
        for (var user = 0; user < Users; user++)
        {
            for (var episode = 0; episode < 4; episode++)
            {
                var time = Start + 10_000 + episode * 15 * 86_400L + user * 60;
                foreach (var (action, own) in new[] { ("join", 0), ("install", 1) })
                {
                    var isTaken = random.NextDouble() < (user % 2 == own ? 0.75 : 0.15);
                    csv.Append(CultureInfo.InvariantCulture, $"user-{user},{action},Viewed,{time}\n");
                    csv.Append(CultureInfo.InvariantCulture, $"user-{user},{action},{(isTaken ? "Taken" : "Not Taken")},{time + 30}\n");
                }
            }
        }
        return csv.ToString();
    }
}
