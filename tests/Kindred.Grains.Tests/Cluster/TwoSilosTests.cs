using Kindred.Contracts.Catalog;
using Kindred.Contracts.Events;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Serving;
using Kindred.Testing;
using Orleans.Runtime.Placement;

namespace Kindred.Grains.Tests.Cluster;

/// <summary>The joints carry a cluster: what one silo decides, the other serves.</summary>
public sealed class TwoSilosTests
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Campaign_MadeOnOneSilo_ServesOnTheOther()
    {
        await using var silos = await TwoSilos.StartAsync(Never);
        var (shop, campaign) = await ServeAsync(silos.First);

        var list = await RecommendAsync(silos.Second, shop, campaign, "u1");

        Assert.NotEmpty(list);
        Assert.Equal(await RecommendAsync(silos.First, shop, campaign, "u1"), list);
    }

    [Fact]
    public async Task Event_TakenByOneSilo_IsSeenByTheOther()
    {
        await using var silos = await TwoSilos.StartAsync(Never);
        var (shop, campaign) = await ServeAsync(silos.First);
        var before = await RecommendAsync(silos.Second, shop, campaign, "u1");

        await PutEventAsync(silos.First, shop, "u1", before[0]);

        // Said to the other silo by the feed, which is not awaited: an item that was met comes last.
        await Eventually.IsTrueAsync(async () => (await RecommendAsync(silos.Second, shop, campaign, "u1"))[0] != before[0]);
    }

    [Fact]
    public async Task Pushes_ThatAreAllDropped_HealWithinTheLifetime()
    {
        await using var silos = await TwoSilos.StartAsync(Soon);
        var (shop, campaign) = await ServeAsync(silos.First);
        var before = await RecommendAsync(silos.Second, shop, campaign, "u1");
        silos.Feed.Drops = true;

        await PutEventAsync(silos.First, shop, "u1", before[0]);
        await Eventually.IsTrueAsync(async () => (await RecommendAsync(silos.Second, shop, campaign, "u1"))[0] != before[0]);

        await shop.Tenant.DeleteCampaignAsync(new() { CampaignArn = campaign }, shop.Caller);
        await Eventually.IsTrueAsync(async () => await IsGoneAsync(silos.Second, shop, campaign));
    }

    [Fact]
    public async Task Job_WhoseSiloDies_GoesOnAtTheOther()
    {
        var (first, second) = (new ScriptedWork(), new ScriptedWork { Script = ScriptedWork.UntilCancelled });
        await using var silos = await TwoSilos.StartAsync(Never, first.Add, second.Add);
        var job = await StartOnSecondAsync(silos, second);

        first.Rearm();
        await silos.KillSecondAsync();
        await Eventually.IsTrueAsync(() => Task.FromResult(first.HasEnded)); // once the cluster has noticed

        Assert.Equal("published", await first.EndedAsync());
        await Eventually.IsTrueAsync(async () => await silos.First.Grains.GetGrain<IJobGrain>(job).DescribeAsync(default) is null);
    }

    /// <summary>Which silo gets a job, the cluster decides: jobs are started until the second has one.</summary>
    private static async Task<string> StartOnSecondAsync(TwoSilos silos, ScriptedWork second)
    {
        for (var i = 0; ; i++)
        {
            var tenant = SiloFixture.NewTenant();
            var resource = $"arn:aws:personalize:{tenant.Region}:{tenant.Account}:solution/s/{i:x8}";
            var job = silos.First.Grains.GetGrain<IJobGrain>(resource);
            // The job's grain lives on the silo that stays: these jobs have no resource by which they would be taken up.
            RequestContext.Set(IPlacementDirector.PlacementHintKey, silos.First.Get<ILocalSiloDetails>().SiloAddress);
            await job.DescribeAsync(default);
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
            await silos.First.Grains.GetGrain<IJobControl>(resource).StartAsync(JobKind.Train);
            await Eventually.IsTrueAsync(async () => !second.Attempts.IsEmpty || await job.DescribeAsync(default) is null);
            if (!second.Attempts.IsEmpty) return resource;
        }
    }

    private static async Task<(Shop Shop, string Campaign)> ServeAsync(TestSilo silo)
    {
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync(recipe: "kindred-sequence-statistics");
        var version = await shop.StartTrainingAsync();
        Assert.Equal(ResourceStatus.Active, (await shop.VersionAsync(version)).Status);
        await shop.Tenant.CreateEventTrackerAsync(new() { Name = "tracker", DatasetGroupArn = shop.GroupArn }, shop.Caller);
        var campaign = (await shop.Tenant.CreateCampaignAsync(new() { Name = "front", SolutionVersionArn = version }, shop.Caller)).CampaignArn!;
        Assert.Equal(ResourceStatus.Active, (await shop.CampaignAsync(campaign)).Status);
        return (shop, campaign);
    }

    private static async Task<IReadOnlyList<string>> RecommendAsync(TestSilo silo, Shop shop, string campaign, string user)
    {
        var request = new GetRecommendationsRequest { CampaignArn = campaign, UserId = user, NumResults = 10 };
        var answer = await silo.Get<RecommendationService>().RecommendAsync(request, shop.Caller, default);
        return [.. answer.ItemList!.Select(item => item.ItemId!)];
    }

    private static async Task<bool> IsGoneAsync(TestSilo silo, Shop shop, string campaign)
    {
        try
        {
            await RecommendAsync(silo, shop, campaign, "u1");
            return false;
        }
        catch (RefusedException refused) when (refused.Code is RefusalCode.ResourceNotFound)
        {
            return true;
        }
    }

    private static async Task PutEventAsync(TestSilo silo, Shop shop, string user, string item)
    {
        var trackers = await silo.Catalog.ScanAsync<EventTrackerState>(
            EventTrackerState.Kind.StateName, $"arn:aws:personalize:{shop.Caller.Region}:{shop.Caller.Account}:", null, 1, default);
        var request = new PutEventsRequest
        {
            TrackingId = trackers[0].State.Tracker.TrackingId, UserId = user, SessionId = "s",
            EventList = [new Event { EventType = "View", ItemId = item, SentAt = DateTimeOffset.UtcNow }],
        };
        await silo.Get<EventIngestion>().PutEventsAsync(request, shop.Caller, default);
    }
}
