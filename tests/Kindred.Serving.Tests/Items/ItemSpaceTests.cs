using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Serving.Items;
using Kindred.Serving.Models;
using Kindred.Serving.Records;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Items;

public sealed class ItemSpaceTests : IDisposable
{
    private readonly ServingWorld _world = new();
    private readonly Arn _group;
    private readonly OpenModel _model = new FakeModel("aws-user-personalization-v2", "a", "b", "c").Open();

    public ItemSpaceTests() => _group = _world.AddGroup(ServingWorld.Alice);

    [Fact]
    public async Task SpaceOf_ModelCatalogueAndPuts_GivesEveryItemOneIndexAndItsNewestRecord()
    {
        await _world.ImportAsync(_group, DatasetTypes.Items, "ITEM_ID,CATEGORY,PRICE,CREATION_TIMESTAMP\nx,boots,1,\nb,hats,2,\ny,,3,\n");
        foreach (var put in new[] { "p", "y", "a" }) await _world.PutItemAsync(ServingWorld.Alice, put, """{"category":"put"}""");
        using var group = (await _world.Groups.BorrowAsync(_group, default))!.Value;

        var (space, _) = _model.SpaceOf(group.Value);

        Assert.Equal((3, 6), (space.ModelItems, space.Count));
        string[] ids = ["a", "b", "c", "x", "y", "p"];
        Assert.Equal(ids, Enumerable.Range(0, space.Count).Select(space.IdOf));
        Assert.Equal([0, 1, 2, 3, 4, 5], ids.Select(space.Find));
        Assert.Equal(-1, space.Find("nobody"));
        Assert.Equal(["put", "hats", null, "boots", "put", "put"], Enumerable.Range(0, space.Count).Select(item => Category(space, item)));
        Assert.Equal((3, -1), (_model.OwnSpace.Count, _model.OwnSpace.Find("x")));
    }

    [Fact]
    public async Task SpaceOf_NothingPutSince_IsTheSame()
    {
        await _world.PutItemAsync(ServingWorld.Alice, "p", "{}");
        using var group = (await _world.Groups.BorrowAsync(_group, default))!.Value;
        var (before, _) = _model.SpaceOf(group.Value);

        Assert.Same(before, _model.SpaceOf(group.Value).Space);
        await _world.PutItemAsync(ServingWorld.Alice, "q", "{}");

        Assert.Equal(before.Count + 1, _model.SpaceOf(group.Value).Space.Count);
    }

    private static string? Category(ItemSpace space, int item) =>
        space.TryGetRecord(item, out var record) ? record.Value(RecordColumn.Of("CATEGORY", space.Rows?.Catalog)) : null;

    public void Dispose()
    {
        _model.Dispose();
        _world.Dispose();
    }
}
