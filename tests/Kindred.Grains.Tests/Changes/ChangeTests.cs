using System.Collections.Concurrent;
using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Events;
using Kindred.Grains.Tests.World;
using Kindred.Serving;

namespace Kindred.Grains.Tests.Changes;

/// <summary>Owners say what changed, with numbers that only rise, and store them.</summary>
[Collection("silo")]
public sealed class ChangeTests(SiloFixture fixture) : IDisposable
{
    private readonly ConcurrentQueue<Change> _heard = new();
    private readonly List<IDisposable> _subscriptions = [];

    [Fact]
    public async Task DatasetGroup_WhateverChangesItsData_RaisesItsNumber()
    {
        var shop = await NewShopAsync();
        await shop.OpenItemsAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.ItemsArn }, shop.Caller);

        var numbers = Numbers(ChangedSubject.DatasetGroup, shop.GroupArn);
        Assert.Equal(5, numbers.Length); // made; two datasets made, one imported into, one deleted
        AssertRises(numbers);
        Assert.Equal(numbers[^1], (await DataAsync(shop))!.Number);
        Assert.Equal(numbers[0], (await DataAsync(shop))!.MadeAs);
    }

    [Fact]
    public async Task DatasetGroup_MadeAgainUnderItsName_StartsAboveItsPredecessor()
    {
        var shop = await NewShopAsync();
        await shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.DatasetArn }, shop.Caller);
        await shop.Tenant.DeleteDatasetGroupAsync(new() { DatasetGroupArn = shop.GroupArn }, shop.Caller);
        await shop.Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, shop.Caller);

        AssertRises(Numbers(ChangedSubject.DatasetGroup, shop.GroupArn));
    }

    [Fact]
    public async Task Campaign_DeployedReplacedAndDeleted_RaisesItsNumberAndIsServedAccordingly()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync();
        var version = await shop.VersionAsync(await shop.StartTrainingAsync());
        var campaigns = shop.Silo.Get<CampaignDirectory>();
        var arn = Arn.Parse(shop.Name("campaign/front"));
        for (var round = 0; round < 2; round++)
        {
            Assert.Null(await campaigns.FindAsync(arn, default));
            await shop.Tenant.CreateCampaignAsync(new() { Name = "front", SolutionVersionArn = version.SolutionVersionArn! }, shop.Caller);
            await shop.CampaignAsync(arn.ToString());

            var serving = await campaigns.FindAsync(arn, default);
            Assert.Equal(Numbers(ChangedSubject.Campaign, arn.ToString())[^1], serving!.Number);
            await shop.Tenant.DeleteCampaignAsync(new() { CampaignArn = arn.ToString() }, shop.Caller);
        }

        Assert.Null(await campaigns.FindAsync(arn, default));
        Assert.Equal(4, Numbers(ChangedSubject.Campaign, arn.ToString()).Length);
        AssertRises(Numbers(ChangedSubject.Campaign, arn.ToString()));
    }

    [Fact]
    public async Task EventTracker_MadeAndDeleted_RaisesItsNumberAndIsFoundAccordingly()
    {
        var shop = await NewShopAsync();
        var trackers = shop.Silo.Get<TrackerDirectory>();
        var made = await shop.Tenant.CreateEventTrackerAsync(new() { Name = "web", DatasetGroupArn = shop.GroupArn }, shop.Caller);
        Assert.Equal(shop.GroupArn, (await trackers.FindGroupAsync(made.TrackingId!, shop.Caller, default))?.ToString());
        await shop.Tenant.DeleteEventTrackerAsync(new() { EventTrackerArn = made.EventTrackerArn! }, shop.Caller);

        Assert.Null(await trackers.FindGroupAsync(made.TrackingId!, shop.Caller, default));
        var key = new TrackerKey(shop.Caller.Region, shop.Caller.Account, made.TrackingId!).ToString();
        Assert.Equal(2, Numbers(ChangedSubject.EventTracker, key).Length);
        AssertRises(Numbers(ChangedSubject.EventTracker, key));
    }

    [Fact]
    public async Task AccessKey_MadeAndRevoked_IsSaid()
    {
        Subscribe();
        var id = $"KINDRED{Guid.NewGuid():N}";
        var key = fixture.Silo.Grains.GetGrain<IAccessKeyGrain>(id);

        await key.CreateAsync(new AccessKeyState
        {
            Account = SiloFixture.NewTenant().Account, Scopes = AccessScopes.Recommend, ProtectedSecret = "",
            CreatedAt = DateTimeOffset.UnixEpoch,
        });
        await key.RevokeAsync();

        var numbers = Numbers(ChangedSubject.AccessKey, id).ToList();
        Assert.Equal(2, numbers.Count);
        Assert.True(numbers[0] < numbers[1]);
    }

    private Task<Shop> NewShopAsync()
    {
        Subscribe();
        return new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();
    }

    private void Subscribe() => _subscriptions.Add(fixture.Silo.Get<IChangeFeed>().Subscribe(_heard.Enqueue));

    private long[] Numbers(ChangedSubject kind, string key) =>
        [.. _heard.Where(change => change.Kind == kind && change.Key == key).Select(change => change.Number)];

    private static void AssertRises(long[] numbers) => Assert.Equal(numbers.Distinct().Order(), numbers);

    private static Task<GroupData?> DataAsync(Shop shop) =>
        shop.Silo.Grains.GetGrain<IDatasetGroupGrain>(shop.GroupArn).GetDataAsync(default);

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
