using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Datasets;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Serving;
using Kindred.Storage.Events;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Events;

/// <summary>What becomes of a group whose event log is not where it was.</summary>
public sealed class LostLogTests : IDisposable
{
    // A failing disk is tried again; here the first failure counts.
    private static readonly JobOptions Once = new() { MaxAttempts = 1, CompactionRecords = 1 };
    private readonly TemporaryFolder _data = new();

    private string LogFolder(Shop shop) => _data.At("events", shop.Caller.Account, "shop");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Start_OnTheFolderOfTheReleaseBefore_MakesTheLogsThatHadNoRecordYet()
    {
        var caller = SiloFixture.NewTenant();
        await using (var before = await TestSilo.StartAsync(_data.Path)) await new Shop(before, caller).OpenAsync();
        Directory.Delete(_data.At("events"), recursive: true);
        File.Delete(_data.At("events.format"));

        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = new Shop(silo, caller);
        var tracker = await shop.Tenant.CreateEventTrackerAsync(new() { Name = "site", DatasetGroupArn = shop.GroupArn }, caller);
        await PutAsync(silo, tracker.TrackingId!, shop);

        Assert.Equal(1, await silo.Get<IEventLog>().EndPositionAsync(Arn.Parse(shop.GroupArn), default));
    }

    [Fact]
    public async Task LogRemovedByHand_AfterARestart_EverythingThatNeedsItFailsAndNothingStartsAgainAtZero()
    {
        var caller = SiloFixture.NewTenant();
        string tracker;
        await using (var before = await TestSilo.StartAsync(_data.Path, jobs: Once))
        {
            var open = await new Shop(before, caller).OpenAsync();
            await open.ImportAsync("first", Shop.Interactions());
            await open.CreateSolutionAsync();
            tracker = (await open.Tenant.CreateEventTrackerAsync(new() { Name = "site", DatasetGroupArn = open.GroupArn }, caller)).TrackingId!;
            await PutAsync(before, tracker, open);
        }
        Directory.Delete(_data.At("events"), recursive: true);

        await using var silo = await TestSilo.StartAsync(_data.Path, jobs: Once);
        var shop = new Shop(silo, caller);
        await AssertLostAsync(silo, shop, tracker);

        Assert.False(Directory.Exists(LogFolder(shop)));
    }

    [Fact]
    public async Task LogMovedAway_WhileTheServiceRuns_FailsUntilItIsBack()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, jobs: Once);
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync();
        var tracker = (await shop.Tenant.CreateEventTrackerAsync(new() { Name = "site", DatasetGroupArn = shop.GroupArn }, shop.Caller)).TrackingId!;
        await PutAsync(silo, tracker, shop);

        Directory.Move(LogFolder(shop), _data.At("away"));
        await AssertLostAsync(silo, shop, tracker);
        Directory.Move(_data.At("away"), LogFolder(shop));

        await PutAsync(silo, tracker, shop);
        Assert.Equal(2, await silo.Get<IEventLog>().EndPositionAsync(Arn.Parse(shop.GroupArn), default));
        Assert.Equal(ResourceStatus.Active, (await shop.VersionAsync(await shop.StartTrainingAsync())).Status);
    }

    private static async Task AssertLostAsync(TestSilo silo, Shop shop, string tracker)
    {
        var put = await Assert.ThrowsAsync<RefusedException>(() => PutAsync(silo, tracker, shop));
        var version = await shop.VersionAsync(await shop.StartTrainingAsync());
        await silo.Get<CompactionSchedule>().LookAsync();
        await silo.Grains.GetGrain<IJobControl>(shop.GroupArn).StartAsync(Contracts.Jobs.JobKind.Compact);
        await Eventually.IsTrueAsync(async () => await silo.Grains.GetGrain<Contracts.Jobs.IJobGrain>(shop.GroupArn).DescribeAsync(default) is null);

        Assert.Equal(RefusalCode.ServiceUnavailable, put.Code);
        Assert.Equal(ResourceStatus.CreateFailed, version.Status);
        Assert.Contains($"The event log of {shop.GroupArn} is not in", version.FailureReason, StringComparison.Ordinal);
        var data = await silo.DataAsync(shop.DatasetArn);
        Assert.Equal((0, 0), (data!.CompactedThrough, data.StreamedSegments.Count));
        await Assert.ThrowsAsync<EventLogMissingException>(() => silo.Get<IEventLog>().EndPositionAsync(Arn.Parse(shop.GroupArn), default).AsTask());
    }

    private static Task PutAsync(TestSilo silo, string tracker, Shop shop) => silo.Get<EventIngestion>().PutEventsAsync(
        new PutEventsRequest
        {
            TrackingId = tracker, UserId = "u1", SessionId = "s1",
            EventList = [new Event { EventType = "View", ItemId = "i1", SentAt = DateTimeOffset.UtcNow }],
        },
        shop.Caller, default);
}
