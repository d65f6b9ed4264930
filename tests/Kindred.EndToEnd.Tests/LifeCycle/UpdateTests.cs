using System.Text.Json.Nodes;
using Kindred.EndToEnd.Tests.Service;

namespace Kindred.EndToEnd.Tests.LifeCycle;

/// <summary><c>trainingMode</c> UPDATE, as an application asks for it: a new item is in the model without a full training.</summary>
[Collection(SharedHostDefinition.Name)]
public sealed class UpdateTests(SharedHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task CreateSolutionVersion_UpdateAfterEventsOfANewItem_RecommendsIt()
    {
        using var client = new ServiceClient(host.Process);
        var shop = await SmallShop.BuildAsync(client, "update", "aws-user-personalization");
        for (var user = 0; user < 80; user += SmallData.Groups)
            await client.PutEventAsync(shop.TrackingId, $"user-{user}", "item-0-new");
        var solution = shop.SolutionVersionArn[..shop.SolutionVersionArn.LastIndexOf('/')];

        // At once, as the samples of the service do it: the full model may still be on its way.
        var version = (string)(await client.CallAsync(
            "CreateSolutionVersion", new() { ["solutionArn"] = solution, ["trainingMode"] = "UPDATE" }))["solutionVersionArn"]!;
        var described = new JsonObject();
        await UntilAsync(async () =>
            (string?)(described = await client.DescribeAsync("SolutionVersion", version))["status"]
                is not ("CREATE PENDING" or "CREATE IN_PROGRESS"));
        await client.CallAsync("UpdateCampaign", new() { ["campaignArn"] = shop.CampaignArn, ["solutionVersionArn"] = version });
        await UntilAsync(
            async () => (string?)(await client.DescribeAsync("Campaign", shop.CampaignArn))["latestCampaignUpdate"]?["status"] == "ACTIVE");

        Assert.Equal(
            ("ACTIVE", "UPDATE", null),
            ((string?)described["status"], (string?)described["trainingMode"], (string?)described["failureReason"]));
        Assert.Contains("item-0-new", await client.RecommendAsync(shop.CampaignArn, "user-100")); // of the same group, and has not met it
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!await condition()) await Task.Delay(30, patience.Token);
    }
}
