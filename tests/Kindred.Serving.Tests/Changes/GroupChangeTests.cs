using Kindred.Contracts.Arns;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Events;
using Kindred.Serving.Tests.World;
using Kindred.Storage.Events;
using Kindred.Testing;

namespace Kindred.Serving.Tests.Changes;

/// <summary>The data of a dataset group, and the trackers that feed it, are known in time, whatever the feed does.</summary>
public sealed class GroupChangeTests : IDisposable
{
    private readonly ServingWorld _world = new();
    private readonly Arn _group;
    private readonly string _campaign;

    public GroupChangeTests()
    {
        _group = _world.AddGroup(ServingWorld.Alice);
        _campaign = _world.AddCampaign(_group, new FakeModel("aws-user-personalization-v2", "a", "b", "c"));
    }

    [Fact]
    public async Task BorrowAsync_APublicationIsPushed_RequestsGoOnUntilItIsOpenAndThenSeeIt()
    {
        Assert.Equal(["a", "b", "c"], await ItemsAsync());
        var answer = new TaskCompletionSource();
        _world.Grains.Gate = answer.Task;

        await ImportAsync("u,a,1600000000,View");
        Push();
        Assert.Equal(["a", "b", "c"], await ItemsAsync()); // the grain has not answered yet, and nobody waits for it
        answer.SetResult();

        await Eventually.IsTrueAsync(async () => (await ItemsAsync())[0] == "b");
    }

    [Fact]
    public async Task BorrowAsync_EveryPushDropped_IsRightWithinTheLifetime()
    {
        _world.Feed.Drops = true;
        Assert.Equal(["a", "b", "c"], await ItemsAsync());

        await ImportAsync("u,a,1600000000,View");
        Push();
        _world.Clock.Advance(TimeSpan.FromSeconds(30));

        await Eventually.IsTrueAsync(async () => (await ItemsAsync())[0] == "b");
    }

    [Fact]
    public async Task BorrowAsync_PushesLateTwiceAndInAnyOrder_EndsAtTheNewest()
    {
        _world.Feed.Holds = true;
        await ItemsAsync();
        foreach (var item in new[] { "a", "b" })
        {
            await ImportAsync($"u,{item},1600000000,View");
            Push();
        }

        _world.Feed.Release(seed: 2);
        await Eventually.IsTrueAsync(async () => (await ItemsAsync()).SequenceEqual(["c", "a", "b"]));
        _world.Feed.Deliver(new Change(ChangedSubject.DatasetGroup, _group.ToString(), 1));

        Assert.Equal(["c", "a", "b"], await ItemsAsync());
    }

    [Fact]
    public async Task RefreshAsync_AGroupMadeAgainUnderItsName_HasNothingOfItsPredecessor()
    {
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "a");
        Assert.Equal(["b", "c", "a"], await ItemsAsync());

        await _world.Events.DeleteAsync(_group, default);
        await _world.Events.CreateAsync(_group, default);
        _world.Grains.Add(_world.Grains.Groups[_group.ToString()] with { Number = 7, MadeAs = 7 });
        await _world.Groups.RefreshAsync(_group, default);

        Assert.Equal(["a", "b", "c"], await ItemsAsync());
    }

    [Fact]
    public async Task BorrowAsync_GrainsUnreachable_GoesOnForAWhile()
    {
        await ItemsAsync();
        _world.Grains.IsUnreachable = true;

        _world.Clock.Advance(TimeSpan.FromMinutes(4));
        (await _world.Groups.BorrowAsync(_group, default))!.Value.Dispose();
        _world.Clock.Advance(TimeSpan.FromMinutes(2));

        await Assert.ThrowsAsync<TimeoutException>(() => _world.Groups.BorrowAsync(_group, default).AsTask());
    }

    [Fact]
    public async Task FindGroupAsync_ATrackerDeletedAndNobodySaysSo_IsGoneWithinTheLifetime()
    {
        _world.Feed.Drops = true;
        Assert.NotNull(await FindAsync());

        _world.Catalog.Trackers.Clear();
        _world.Feed.Publish(new Change(ChangedSubject.EventTracker, Tracker, 1));
        Assert.NotNull(await FindAsync());
        _world.Clock.Advance(TimeSpan.FromSeconds(30));

        await Eventually.IsTrueAsync(async () => await FindAsync() is null);
    }

    [Fact]
    public async Task FindGroupAsync_ATrackerThatIsKnown_IsAskedForByItsName()
    {
        await FindAsync();
        for (var i = 0; i < 250; i++) _world.AddGroup(ServingWorld.Alice, $"other{i}");
        var scans = _world.Catalog.Scans;

        _world.Feed.Publish(new Change(ChangedSubject.EventTracker, Tracker, 0));
        _world.Clock.Advance(TimeSpan.FromSeconds(30));
        await FindAsync();

        await Eventually.IsTrueAsync(() => Task.FromResult(_world.Catalog.Scans == scans + 1));
    }

    [Fact]
    public async Task EventLog_AnEventTakenInElsewhere_IsSeenWhenItsNewsArrives()
    {
        await ItemsAsync();
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "c"); // and this process goes on by itself meanwhile
        var end = await AppendElsewhereAsync("a");
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "c");
        Assert.Equal(["a", "b", "c"], await ItemsAsync());

        _world.Feed.Publish(new Change(ChangedSubject.EventLog, _group.ToString(), end));

        await Eventually.IsTrueAsync(async () => (await ItemsAsync()).SequenceEqual(["b", "a", "c"]));
    }

    [Fact]
    public async Task EventLog_EveryPushDropped_IsReadOnWithinTheLifetime()
    {
        _world.Feed.Drops = true;
        await ItemsAsync();

        await AppendElsewhereAsync("a");
        _world.Clock.Advance(TimeSpan.FromSeconds(30));

        await Eventually.IsTrueAsync(async () => (await ItemsAsync())[0] == "b");
    }

    /// <summary>The dataset is younger than what this process knows of the group; what is put into it elsewhere must not be lost.</summary>
    [Fact]
    public async Task EventLog_AnItemOfADatasetThatIsNotKnownYet_IsThereOnceItIs()
    {
        var whole = _world.Grains.Groups[_group.ToString()];
        _world.Grains.Add(whole with { Datasets = [.. whole.Datasets.Where(dataset => dataset.DatasetType != DatasetTypes.Items)] });
        await ItemsAsync();
        await _world.Events.AppendAsync(_group, [new StreamedItem("new", null)], default);
        _world.Feed.Publish(new Change(ChangedSubject.EventLog, _group.ToString(), 1));

        _world.Grains.Add(whole with { Number = 1 });
        await _world.Groups.RefreshAsync(_group, default);

        await Eventually.IsTrueAsync(async () =>
        {
            using var view = (await _world.Groups.BorrowAsync(_group, default))!.Value;
            return view.Value.Items.TryGet("new", out _);
        });
    }

    private static string Tracker => new TrackerKey(ServingWorld.Region, ServingWorld.Alice.Account, "tracker-shop").ToString();

    private void Push() =>
        _world.Feed.Publish(new Change(ChangedSubject.DatasetGroup, _group.ToString(), _world.Grains.Groups[_group.ToString()].Number));

    /// <returns>The log's end after it.</returns>
    private async Task<long> AppendElsewhereAsync(string item)
    {
        var e = new StreamedEvent("u", "s", $"elsewhere-{item}", "View", null, item, _world.Clock.GetUtcNow(), null, null, null, null);
        return 1 + await _world.Events.AppendAsync(_group, [e], default);
    }

    private Task ImportAsync(string row) =>
        _world.ImportAsync(_group, DatasetTypes.Interactions, $"USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n{row}\n");

    private Task<string[]> ItemsAsync() => _world.ItemsForAsync(ServingWorld.Alice, _campaign, "u");

    private ValueTask<Arn?> FindAsync() => _world.Trackers.FindGroupAsync("tracker-shop", ServingWorld.Alice, default);

    public void Dispose() => _world.Dispose();
}
