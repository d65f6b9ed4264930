using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.LifeCycle;

public sealed class RestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restart_AfterStopOrKill_ServesTheSameAndRemembersEvents(bool kill)
    {
        using var folder = new TemporaryFolder();
        SmallShop shop;
        IReadOnlyList<string> before, seen;
        await using (var first = await HostProcess.StartAsync(new() { DataPath = folder.Path }))
        {
            using var client = new ServiceClient(first);
            shop = await SmallShop.BuildAsync(client, "restart");
            seen = [.. (await client.RecommendAsync(shop.CampaignArn, "user-5")).Take(2)];
            foreach (var item in seen) await client.PutEventAsync(shop.TrackingId, "user-5", item);
            before = await client.RecommendAsync(shop.CampaignArn, "user-5");
            if (kill) await first.KillAsync();
            else Assert.Equal(0, await first.StopAsync(TestContext.Current.CancellationToken));
        }

        await using var second = await HostProcess.StartAsync(new() { DataPath = folder.Path });
        using var again = new ServiceClient(second);
        var after = await again.RecommendAsync(shop.CampaignArn, "user-5");

        Assert.Equal(before, after);
        Assert.Empty(after.Intersect(seen));
        Assert.Equal("ACTIVE", (string?)(await again.DescribeAsync("SolutionVersion", shop.SolutionVersionArn))["status"]);
    }
}
