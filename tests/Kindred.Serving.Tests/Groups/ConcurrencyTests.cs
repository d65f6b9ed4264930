using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Groups;

public sealed class ConcurrencyTests : IDisposable
{
    private const int Rounds = 60;
    private readonly ServingWorld _world = new();

    /// <summary>Two tenants with groups, campaigns, users and sessions of the same names; everything goes on at once.</summary>
    [Fact]
    public async Task Serving_EventsRecommendationsRefreshesAndEvictionsAtOnce_NeverThrowOrMixTenants()
    {
        var tenants = new[] { (Caller: ServingWorld.Alice, Mark: "alice"), (Caller: ServingWorld.Bob, Mark: "bob") };
        var work = new List<Task>();
        foreach (var (caller, mark) in tenants)
        {
            var group = _world.AddGroup(caller);
            var campaign = _world.AddCampaign(
                group, new FakeModel("aws-user-personalization-v2", [.. Enumerable.Range(0, 30).Select(i => $"{mark}{i}")]));
            for (var worker = 0; worker < 2; worker++)
            {
                var user = $"u{worker}";
                work.Add(Task.Run(() => PutAsync(caller, mark, user)));
                work.Add(Task.Run(() => RecommendAsync(caller, campaign, mark, user)));
            }
            work.Add(Task.Run(() => PublishAsync(group, mark)));
        }

        await Task.WhenAll(work);

        foreach (var (caller, mark) in tenants)
        {
            var campaign = Arn.Campaign(ServingWorld.Region, caller.Account, "campaign").ToString();
            var unseen = await _world.ItemsForAsync(caller, campaign, "u0", 500);
            Assert.Equal($"{mark}29", unseen[^1]); // all were met: nothing acknowledged is missing
            Assert.Equal(unseen.Length, unseen.Distinct().Count());
        }
    }

    private async Task PutAsync(Caller caller, string mark, string user)
    {
        for (var i = 0; i < 30; i++)
        {
            await _world.PutAsync(caller, i % 3 == 0 ? null : user, $"session-{user}", $"{mark}{i}");
            if (i % 10 == 5) await _world.PutItemAsync(caller, $"{mark}-new-{user}-{i}", """{"category":"x"}""");
        }
    }

    private async Task RecommendAsync(Caller caller, string campaign, string mark, string user)
    {
        for (var i = 0; i < Rounds * 5; i++)
        {
            var items = await _world.ItemsForAsync(caller, campaign, i % 7 == 0 ? $"session-{user}" : user);
            Assert.Equal(25, items.Length);
            Assert.All(items, item => Assert.StartsWith(mark, item));
            if (i % 40 == 0) _world.Models.Forget($"models/{caller.Account}/campaign");
        }
    }

    private async Task PublishAsync(Arn group, string mark)
    {
        for (var i = 0; i < Rounds / 4; i++)
        {
            await _world.ImportAsync(
                group, DatasetTypes.Interactions, $"USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\nu0,{mark}{i},{1_600_000_000 + i},View\n");
            if (i % 3 == 2) await _world.CompactAsync(group);
            else await _world.Groups.RefreshAsync(group, default);
        }
    }

    public void Dispose() => _world.Dispose();
}
