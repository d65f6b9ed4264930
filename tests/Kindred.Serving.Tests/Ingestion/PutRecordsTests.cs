using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Tests.World;
using Kindred.Storage.Events;

namespace Kindred.Serving.Tests.Ingestion;

public sealed class PutRecordsTests : IDisposable
{
    private readonly ServingWorld _world = new();
    private readonly Arn _group;

    public PutRecordsTests() => _group = _world.AddGroup(ServingWorld.Alice);

    [Fact]
    public async Task PutItemsAsync_PutUsersAsync_AreInTheLog()
    {
        await PutItemsAsync(("a", """{"price":1}"""), ("b", null));
        await PutUsersAsync(("u", """{"age":30}"""));

        var records = new List<StreamedRecord>();
        await _world.Events.ReadAsync(_group, 0, (_, record) => records.Add(record), default);
        Assert.Equal([new StreamedItem("a", """{"price":1}"""), new StreamedItem("b", null), new StreamedUser("u", """{"age":30}""")], records);
    }

    [Fact]
    public async Task PutItemsAsync_RecordsThatDoNotFit_AreRefusedAllAtOnce()
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() =>
            PutItemsAsync(
                ("ok", "{}"),
                ("a", """{"price":"cheap"}"""),
                ("b", """{"colour":"red"}"""),
                ("", "[]"),
                ("c", """{"category":"\ud800"}""")));

        Assert.Equal(RefusalCode.InvalidInput, refusal.Code);
        foreach (var says in new[] { "items[1]", "items[2]", "colour", "items[3]", "items[4]" })
            Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("items[0]", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _world.Events.EndPositionAsync(_group, default));
    }

    [Fact]
    public async Task PutUsersAsync_MissingValueOfARequiredColumn_IsRefused() =>
        Assert.Contains("age", (await Assert.ThrowsAsync<RefusedException>(() => PutUsersAsync(("u", "{}")))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("arn:aws:personalize:us-east-1:111111111111:dataset/shop/USERS", RefusalCode.InvalidInput)]
    [InlineData("arn:aws:personalize:us-east-1:111111111111:dataset/nosuch/ITEMS", RefusalCode.ResourceNotFound)]
    [InlineData("arn:aws:personalize:us-east-1:222222222222:dataset/shop/ITEMS", RefusalCode.ResourceNotFound)]
    [InlineData("arn:aws:personalize:us-east-1:111111111111:campaign/shop", RefusalCode.ResourceNotFound)]
    [InlineData("nonsense", RefusalCode.ResourceNotFound)]
    public async Task PutItemsAsync_WrongDataset_IsRefused(string dataset, RefusalCode code)
    {
        _world.AddGroup(ServingWorld.Bob);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() =>
            _world.Ingestion.PutItemsAsync(
                new PutItemsRequest { DatasetArn = dataset, Items = [new Item { ItemId = "a" }] }, ServingWorld.Alice, default));

        Assert.Equal(code, refusal.Code);
    }

    private Task PutItemsAsync(params (string Id, string? Properties)[] items) => _world.Ingestion.PutItemsAsync(
        new PutItemsRequest
        {
            DatasetArn = Dataset("ITEMS"),
            Items = [.. items.Select(item => new Item { ItemId = item.Id, Properties = item.Properties })],
        },
        ServingWorld.Alice, default);

    private Task PutUsersAsync(params (string Id, string? Properties)[] users) => _world.Ingestion.PutUsersAsync(
        new PutUsersRequest
        {
            DatasetArn = Dataset("USERS"),
            Users = [.. users.Select(user => new User { UserId = user.Id, Properties = user.Properties })],
        },
        ServingWorld.Alice, default);

    private static string Dataset(string type) => Arn.Dataset(ServingWorld.Region, ServingWorld.Alice.Account, "shop", type).ToString();

    public void Dispose() => _world.Dispose();
}
