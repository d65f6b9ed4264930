using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Groups;

public sealed class PublicationTests : IDisposable
{
    private readonly ServingWorld _world = new();
    private readonly FakeModel _model = new("aws-user-personalization-v2", "a", "b", "c", "d");
    private readonly Arn _group;
    private readonly string _campaign;

    public PublicationTests()
    {
        _group = _world.AddGroup(ServingWorld.Alice);
        _campaign = _world.AddCampaign(_group, _model);
    }

    [Fact]
    public async Task RecommendAsync_ImportedHistory_CountsTogetherWithEventsSince()
    {
        await ImportAsync("u,b,1700000000,Purchase", "u,a,1600000000,View", "u,unknown,1650000000,View");
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "c");

        Assert.Equal(["d", "a", "b", "c"], await ItemsForAsync("u"));
        Assert.Equal([(0, 0, 1600000000), (1, 1, 1700000000), (2, 0, _world.Clock.GetUtcNow().ToUnixTimeSeconds())],
            _model.LastHistory.Select(e => (e.Item, e.EventType, e.Timestamp)));
    }

    [Fact]
    public async Task RefreshAsync_NewImport_IsServedFromTheNextRequestOn()
    {
        Assert.Equal(["a", "b", "c", "d"], await ItemsForAsync("u"));
        await ImportAsync("u,a,1600000000,View");
        Assert.Equal(["a", "b", "c", "d"], await ItemsForAsync("u"));

        await _world.Groups.RefreshAsync(_group, default);

        Assert.Equal(["b", "c", "d", "a"], await ItemsForAsync("u"));
    }

    [Fact]
    public async Task RefreshAsync_AfterACompaction_CountsEveryEventOnce()
    {
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "a", "b");
        Assert.Equal(2, await HistoryLengthAsync("u"));
        await _world.CompactAsync(_group);
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "c");

        Assert.Equal(3, await HistoryLengthAsync("u"));
        _world.Restart();

        Assert.Equal(3, await HistoryLengthAsync("u"));
    }

    [Fact]
    public async Task RefreshAsync_AfterACompactionOfItems_TheyAreStillKnown()
    {
        await _world.PutItemAsync(ServingWorld.Alice, "new", """{"category":"boots"}""");

        await _world.CompactAsync(_group);

        Assert.Contains("new", await ItemsForAsync("u"));
    }

    [Fact]
    public async Task RecommendAsync_SessionCompactedBeforeItIsLinked_StillBecomesTheUsers()
    {
        await _world.PutAsync(ServingWorld.Alice, null, "session", "a");
        await _world.CompactAsync(_group);
        await _world.PutAsync(ServingWorld.Alice, "u", "session", "b");

        Assert.Equal(["c", "d", "a", "b"], await ItemsForAsync("u"));
        await _world.CompactAsync(_group);
        await _world.PutAsync(ServingWorld.Alice, null, "session", "c"); // the session goes on after the compaction

        Assert.Equal("d", (await ItemsForAsync("u"))[0]);
    }

    [Fact]
    public async Task RecommendAsync_ImportedItemsOutsideTheModel_AreExplored()
    {
        await _world.ImportAsync(_group, DatasetTypes.Items, "ITEM_ID,CATEGORY,PRICE,CREATION_TIMESTAMP\na,boots,1,\nfresh,boots,2,\nancient,boots,3,1500000000\n");

        var items = await ItemsForAsync("u");

        Assert.Contains("fresh", items);
        Assert.DoesNotContain("ancient", items);
    }

    [Fact]
    public async Task RecommendAsync_UnreadableSnapshot_IsUnavailableUntilItIsReplaced()
    {
        await ImportAsync("u,a,1600000000,View");
        var snapshot = _world.Path(_world.Grains.Groups[_group.ToString()].Find(DatasetTypes.Interactions)!.SnapshotPath!);
        await File.WriteAllBytesAsync(snapshot, new byte[100]);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => ItemsForAsync("u"));
        Assert.Equal(RefusalCode.ServiceUnavailable, refusal.Code);
        Assert.DoesNotContain(_world.Storage.Root, refusal.Message, StringComparison.Ordinal);
        await ImportAsync("u,b,1600000000,View");

        Assert.Equal(["c", "d", "a", "b"], await ItemsForAsync("u"));
    }

    [Fact]
    public async Task RefreshAsync_NewDataUnreadable_TheOldGoesOnServing()
    {
        await ImportAsync("u,a,1600000000,View");
        Assert.Equal(["b", "c", "d", "a"], await ItemsForAsync("u"));
        await ImportAsync("u,b,1600000000,View");
        await File.WriteAllBytesAsync(_world.Path(_world.Grains.Groups[_group.ToString()].Find(DatasetTypes.Interactions)!.SnapshotPath!), new byte[100]);

        await Assert.ThrowsAnyAsync<Exception>(() => _world.Groups.RefreshAsync(_group, default));

        Assert.Equal(["b", "c", "d", "a"], await ItemsForAsync("u"));
    }

    [Fact]
    public async Task RecommendAsync_FilesReplacedWhileTheGroupOpens_ReadsTheNewer()
    {
        await ImportAsync("u,a,1600000000,View");
        var replaced = _world.Path(_world.Grains.Groups[_group.ToString()].Find(DatasetTypes.Interactions)!.SnapshotPath!);
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await _world.Campaigns.FindAsync(Arn.Parse(_campaign), default);
        _world.Grains.Gate = answer.Task;
        _world.Grains.Asked = asked;

        var request = ItemsForAsync("u");
        await asked.Task;
        await ImportAsync("u,b,1600000000,View");
        File.Delete(replaced);
        answer.SetResult();

        Assert.Equal(["c", "d", "a", "b"], await request);
    }

    [Fact]
    public async Task RefreshAsync_GroupThatIsGone_IsNotFoundAtOnce()
    {
        Assert.NotEmpty(await ItemsForAsync("u"));

        _world.Grains.Groups.Clear();
        await _world.Groups.RefreshAsync(_group, default);

        Assert.Equal(RefusalCode.ResourceNotFound, (await Assert.ThrowsAsync<RefusedException>(() => ItemsForAsync("u"))).Code);
    }

    private Task ImportAsync(params string[] rows) => _world.ImportAsync(_group, DatasetTypes.Interactions, Csv(rows));

    private static string Csv(params string[] rows) => "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n" + string.Concat(rows.Select(row => row + "\n"));

    private Task<string[]> ItemsForAsync(string user) => _world.ItemsForAsync(ServingWorld.Alice, _campaign, user);

    private async Task<int> HistoryLengthAsync(string user)
    {
        await ItemsForAsync(user);
        return _model.LastHistory.Length;
    }

    public void Dispose() => _world.Dispose();
}
