using System.Globalization;
using System.Text;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Grains.Tests.World;
using Kindred.Storage.Objects;
using Kindred.Testing;
using Action = Kindred.Contracts.Protocol.Events.Action;

namespace Kindred.Grains.Tests.Actions;

/// <summary>
/// A shop with actions and a rule to find: users of the one half of the catalogue take the offer <c>left</c> three times in four, those of the
/// other half <c>right</c>; <c>rare</c> was offered too seldom to tell.
/// </summary>
internal sealed class ActionShop(Shop shop)
{
    public const long Start = 1_700_000_000;
    private const int Users = 200;

    private const string ActionsSchema =
        """
        {"type":"record","name":"Actions","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"ACTION_ID","type":"string"},{"name":"KIND","type":["string","null"],"categorical":true},{"name":"VALUE","type":["long","null"]},
        {"name":"REPEAT_FREQUENCY","type":["long","null"]},{"name":"EXPIRATION_TIMESTAMP","type":["long","null"]}],"version":"1.0"}
        """;

    private const string InteractionsSchema =
        """
        {"type":"record","name":"ActionInteractions","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ACTION_ID","type":"string"},{"name":"EVENT_TYPE","type":"string"},
        {"name":"TIMESTAMP","type":"long"}],"version":"1.0"}
        """;

    public Shop Shop => shop;
    public string ActionsArn => shop.Name("dataset/shop/ACTIONS");
    public string InteractionsArn => shop.Name("dataset/shop/ACTION_INTERACTIONS");
    public string CampaignArn => shop.Name("campaign/offers");

    /// <summary>Opens the datasets and imports what there is.</summary>
    public async Task<ActionShop> OpenAsync()
    {
        await shop.OpenAsync();
        await AddDatasetAsync("Actions", ActionsSchema);
        await AddDatasetAsync("Action_Interactions", InteractionsSchema);
        Assert.Equal("ACTIVE", (await shop.ImportAsync("interactions", Shop.Interactions(rows: 20 * Users, users: Users))).Status);
        Assert.Equal("ACTIVE", (await shop.ImportAsync("actions", Actions, datasetArn: ActionsArn)).Status);
        Assert.Equal("ACTIVE", (await shop.ImportAsync("answers", Interactions(), datasetArn: InteractionsArn)).Status);
        return this;
    }

    /// <summary>Trains and deploys.</summary>
    public async Task<ActionShop> ServeAsync()
    {
        await shop.CreateSolutionAsync(recipe: "aws-next-best-action");
        var version = await shop.VersionAsync(await shop.StartTrainingAsync());
        Assert.Equal(("ACTIVE", null), (version.Status, version.FailureReason));
        await shop.Tenant.CreateCampaignAsync(new() { Name = "offers", SolutionVersionArn = version.SolutionVersionArn! }, shop.Caller);
        Assert.Equal("ACTIVE", (await shop.CampaignAsync(CampaignArn)).Status);
        return this;
    }

    public async Task<PredictedAction[]> RecommendAsync(string user, string? filter = null, int? count = null) =>
        [.. (await shop.Silo.CallAsync<GetActionRecommendationsRequest, GetActionRecommendationsResponse>(shop.Caller, new()
        {
            CampaignArn = CampaignArn, UserId = user, NumResults = count, FilterArn = filter is null ? null : shop.Name($"filter/{filter}"),
        })).ActionList!];

    public async Task<string[]> NamesAsync(string user, string? filter = null) =>
        [.. (await RecommendAsync(user, filter)).Select(action => action.ActionId!)];

    public Task PutAsync(string action, string properties) => shop.Silo.CallAsync(
        shop.Caller, new PutActionsRequest { DatasetArn = ActionsArn, Actions = [new Action { ActionId = action, Properties = properties }] });

    public async Task AnswerAsync(string user, string action, string eventType) => await shop.Silo.CallAsync(shop.Caller, new PutActionInteractionsRequest
    {
        TrackingId = await TrackingIdAsync(),
        ActionInteractions = [new() { ActionId = action, UserId = user, SessionId = $"s-{user}", EventType = eventType, Timestamp = DateTimeOffset.UtcNow }],
    });

    public async Task<string> TrackingIdAsync() =>
        (await shop.Silo.CallAsync<DescribeDatasetRequest, DescribeDatasetResponse>(
            shop.Caller, new() { DatasetArn = InteractionsArn })).Dataset!.TrackingId!;

    /// <summary>Deletes a user's data.</summary>
    public async Task ForgetAsync(string user)
    {
        using var list = new MemoryStream(Encoding.UTF8.GetBytes($"USER_ID\n{user}\n"));
        await shop.Silo.Get<ObjectStore>().PutAsync(shop.Caller.Account, "data", "gone.csv", list, 1 << 20, CancellationToken.None);
        var job = (await shop.Silo.CallAsync<CreateDataDeletionJobRequest, CreateDataDeletionJobResponse>(shop.Caller, new()
        {
            JobName = "gone", DatasetGroupArn = shop.GroupArn, DataSource = new() { DataLocation = "s3://data/gone.csv" },
            RoleArn = "arn:aws:iam::123456789012:role/Data",
        })).DataDeletionJobArn!;
        await Eventually.IsTrueAsync(async () => (await shop.Silo.CallAsync<DescribeDataDeletionJobRequest, DescribeDataDeletionJobResponse>(
            shop.Caller, new() { DataDeletionJobArn = job })).DataDeletionJob!.Status is "COMPLETED");
    }

    public Task FilterAsync(string name, string expression) => shop.Silo.CallAsync<CreateFilterRequest, CreateFilterResponse>(
        shop.Caller, new() { Name = name, DatasetGroupArn = shop.GroupArn, FilterExpression = expression });

    private const string Actions =
        "ACTION_ID,KIND,VALUE,REPEAT_FREQUENCY,EXPIRATION_TIMESTAMP\nleft,offer,1,10,\nright,offer,5,10,\nrare,news,2,,\nover,offer,9,,1600000000\n";

    private static string Interactions()
    {
        var random = new Random(7);
        var csv = new StringBuilder("USER_ID,ACTION_ID,EVENT_TYPE,TIMESTAMP\n");
        for (var user = 0; user < Users; user++)
        {
            for (var episode = 0; episode < 3; episode++)
            {
                var time = Start + 10_000 + episode * 15 * 86_400L + user * 60;
                foreach (var (action, own) in new[] { ("left", 0), ("right", 1) })
                {
                    var isTaken = random.NextDouble() < (user % 2 == own ? 0.75 : 0.1);
                    csv.Append(CultureInfo.InvariantCulture, $"u{user},{action},Viewed,{time}\n");
                    csv.Append(CultureInfo.InvariantCulture, $"u{user},{action},{(isTaken ? "TAKEN" : "Not Taken")},{time + 30}\n");
                }
                if (user < 5) csv.Append(CultureInfo.InvariantCulture, $"u{user},rare,Viewed,{time}\n");
            }
        }
        return csv.ToString();
    }

    private async Task AddDatasetAsync(string type, string schema)
    {
        await shop.Tenant.CreateSchemaAsync(new() { Name = type, Schema = schema }, shop.Caller);
        await shop.Tenant.CreateDatasetAsync(
            new() { Name = type, SchemaArn = shop.Name($"schema/{type}"), DatasetGroupArn = shop.GroupArn, DatasetType = type }, shop.Caller);
    }
}
