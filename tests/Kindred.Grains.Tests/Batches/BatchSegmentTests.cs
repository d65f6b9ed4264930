using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Tests.World;

namespace Kindred.Grains.Tests.Batches;

/// <summary>Segments of users on a real silo, in data where every user has a taste: one of two halves of the catalogue.</summary>
[Collection("silo")]
public sealed class BatchSegmentTests(SiloFixture fixture)
{
    private readonly Caller _caller = SiloFixture.NewTenant();

    [Fact]
    public async Task Run_ByItem_FindsTheUsersOfItsHalf()
    {
        var shop = await OpenAsync(rows: 20_000, users: 1_000);
        var version = await TrainAsync(shop, "aws-item-affinity");
        await shop.PutLinesAsync("in/items", """{"itemId":"i3"}""", """{"itemId":"i33"}""", """{"itemId":"new"}""", """{"userId":"u1"}""");

        var job = await shop.RunAsync(shop.SegmentRequest("halves", version) with { NumResults = 20 });

        Assert.Equal(("ACTIVE", null, 20), (job.Status, job.FailureReason, job.NumResults));
        var lines = await shop.ReadLinesAsync("out/items.out");
        Assert.InRange(ShareOf(lines[0].Users(), parity: 0), 0.9, 1);
        Assert.InRange(ShareOf(lines[1].Users(), parity: 1), 0.9, 1);
        Assert.Equal([20, 20, 0, 0], lines.Select(line => line.Users().Length));
        Assert.StartsWith("User error: The item 'new' is not known", lines[2].Error(), StringComparison.Ordinal);
        Assert.Equal("User error: Required fields for the provided recipe are itemId", lines[3].Error());
    }

    [Fact]
    public async Task Run_ByAttributes_FindsTheUsersOfTheTaste_AndFiltersThemByWhatTheyAre()
    {
        var shop = await OpenAsync();
        await shop.OpenItemsAsync();
        await shop.ImportAsync(
            "items", "ITEM_ID,HALF,PRICE,SHELF\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"i{i},{(i < 20 ? "low" : "high")},1,")),
            datasetArn: shop.ItemsArn);
        await OpenUsersAsync(shop);
        await fixture.Silo.CallAsync<CreateFilterRequest, CreateFilterResponse>(
            _caller, new() { Name = "old", DatasetGroupArn = shop.GroupArn, FilterExpression = "INCLUDE UserID WHERE Users.AGE >= $AGE" });
        var version = await TrainAsync(shop, "aws-item-attribute-affinity");
        await shop.PutLinesAsync(
            "in/queries", """{"itemAttributes":"ITEMS.half = \"low\"","filterValues":{"AGE":"30"}}""",
            """{"itemAttributes":"ITEMS.half = \"high\" AND ITEMS.price = 1","filterValues":{"AGE":"0"}}""",
            """{"itemAttributes":"ITEMS.colour = \"red\"","filterValues":{"AGE":"0"}}""");

        var job = await shop.RunAsync(shop.SegmentRequest("tastes", version) with { NumResults = 10, FilterArn = shop.Name("filter/old") });

        Assert.Equal(("ACTIVE", null), (job.Status, job.FailureReason));
        var lines = await shop.ReadLinesAsync("out/queries.out");
        Assert.Equal("""ITEMS.half = "low" """.TrimEnd(), lines[0].GetProperty("itemAttributes").GetString());
        Assert.All(lines[0].Users(), user => Assert.InRange(int.Parse(user[1..]), 30, 59));
        Assert.InRange(ShareOf(lines[0].Users(), parity: 0), 0.9, 1);
        Assert.InRange(ShareOf(lines[1].Users(), parity: 1), 0.9, 1);
        Assert.Equal([10, 10, 0], lines.Select(line => line.Users().Length));
        Assert.Contains("have no column 'colour'", lines[2].Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithAFilterOnInteractions_LeavesOutWhoChoseTheItem()
    {
        var shop = await OpenAsync();
        await fixture.Silo.CallAsync<CreateFilterRequest, CreateFilterResponse>(_caller, new()
        {
            Name = "unmet", DatasetGroupArn = shop.GroupArn, FilterExpression = "EXCLUDE UserID WHERE Interactions.EVENT_TYPE IN (\"view\")",
        });
        var version = await TrainAsync(shop, "aws-item-affinity");
        await shop.PutLinesAsync("in/items", """{"itemId":"i3"}""");
        await shop.RunAsync(shop.SegmentRequest("unmet", version) with { NumResults = 60, FilterArn = shop.Name("filter/unmet") });

        var met = Shop.Interactions(rows: 1000).Split('\n').Where(row => row.Contains(",i3,", StringComparison.Ordinal))
            .Select(row => row.Split(',')[0]).ToHashSet();
        var users = Assert.Single(await shop.ReadLinesAsync("out/items.out")).Users();
        Assert.Equal(60 - met.Count, users.Length);
        Assert.Empty(users.Intersect(met));
    }

    [Fact]
    public async Task Create_WithARecipeOrFilterOfTheOtherKind_IsRefused()
    {
        var shop = await OpenAsync();
        var popular = await TrainAsync(shop, "aws-popularity-count");
        var affinity = await TrainAsync(shop, "aws-item-affinity");
        await fixture.Silo.CallAsync<CreateFilterRequest, CreateFilterResponse>(_caller, new()
        {
            Name = "items", DatasetGroupArn = shop.GroupArn, FilterExpression = "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"*\")",
        });

        await RefusedAsync(() => shop.CreateAsync(shop.SegmentRequest("job", popular)), "makes no user segments: call CreateBatchInferenceJob");
        await RefusedAsync(() => shop.CreateAsync(shop.InferenceRequest("job", affinity)), "makes user segments: call CreateBatchSegmentJob");
        await RefusedAsync(
            () => shop.CreateAsync(shop.SegmentRequest("job", affinity) with { FilterArn = shop.Name("filter/items") }), "The filter is about ItemID");
        await RefusedAsync(
            () => shop.CreateAsync(shop.SegmentRequest("job", affinity) with { NumResults = 5_000_001 }), "1 to 5000000 was expected");

        static async Task RefusedAsync(Func<Task> create, string says)
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(create);
            Assert.Equal(RefusalCode.InvalidInput, refused.Code);
            Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        }
    }

    private static double ShareOf(string[] users, int parity) => users.Count(user => int.Parse(user[1..]) % 2 == parity) / (double)users.Length;

    private async Task OpenUsersAsync(Shop shop)
    {
        const string Schema =
            """
            {"type":"record","name":"Users","namespace":"com.amazonaws.personalize.schema","fields":[
            {"name":"USER_ID","type":"string"},{"name":"AGE","type":"int"}],"version":"1.0"}
            """;
        await shop.Tenant.CreateSchemaAsync(new() { Name = "users", Schema = Schema }, _caller);
        await shop.Tenant.CreateDatasetAsync(
            new() { Name = "users", SchemaArn = shop.Name("schema/users"), DatasetGroupArn = shop.GroupArn, DatasetType = "Users" }, _caller);
        await shop.ImportAsync(
            "users", "USER_ID,AGE\n" + string.Join('\n', Enumerable.Range(0, 60).Select(user => $"u{user},{user}")),
            datasetArn: shop.Name("dataset/shop/USERS"));
    }

    private async Task<Shop> OpenAsync(int rows = 1000, int users = 60)
    {
        var shop = await new Shop(fixture.Silo, _caller).OpenAsync();
        await shop.ImportAsync("first", Shop.Interactions(rows, users));
        return shop;
    }

    private static async Task<string> TrainAsync(Shop shop, string recipe)
    {
        await shop.CreateSolutionAsync(recipe, recipe);
        var arn = (await shop.Tenant.CreateSolutionVersionAsync(new() { SolutionArn = shop.Name($"solution/{recipe}") }, shop.Caller)).SolutionVersionArn!;
        var version = await shop.VersionAsync(arn);
        Assert.Equal(("ACTIVE", null), (version.Status, version.FailureReason));
        return arn;
    }
}
