using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Solutions;
using Kindred.Grains.Tests.World;

namespace Kindred.Grains.Tests.Datasets;

[Collection("silo")]
public sealed class UpdateDatasetTests(SiloFixture fixture)
{
    private const string Wider =
        """
        {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"ITEM_ID","type":"string"},{"name":"HALF","type":"string","categorical":true},{"name":"PRICE","type":["float","null"]},
        {"name":"SHELF","type":["string","null"]},{"name":"COLOUR","type":["string","null"],"categorical":true}],"version":"1.0"}
        """;

    [Fact]
    public async Task UpdateDataset_ToAWiderSchema_TakesTheNewColumnAtOnce_AndKeepsTheRows()
    {
        var shop = await OpenAsync();
        var (items, later) = (shop.ItemsArn, shop.Name("schema/later"));
        await shop.Tenant.CreateSchemaAsync(new() { Name = "later", Schema = Wider }, shop.Caller);

        var updated = await UpdateAsync(shop, items, later);
        var described = await DescribeAsync(shop, items);
        await fixture.Silo.CallAsync<DeleteSchemaRequest>(shop.Caller, new() { SchemaArn = shop.Name("schema/items") });
        await fixture.Silo.CallAsync(shop.Caller, new PutItemsRequest
        {
            DatasetArn = items, Items = [new() { ItemId = "i1", Properties = """{"half":"left","colour":"red|blue"}""" }],
        });
        await shop.ImportAsync("wider", "ITEM_ID,HALF,PRICE,SHELF,COLOUR\ni2,left,2,,red\n", "INCREMENTAL", items);

        Assert.Equal(items, updated.DatasetArn);
        Assert.Equal((later, later, "ACTIVE", "ACTIVE"),
            (described.SchemaArn, described.LatestDatasetUpdate!.SchemaArn, described.LatestDatasetUpdate.Status, described.Status));
        Assert.Equal(["i1", "i2"], await OfColourAsync(shop, "red"));
        Assert.Equal(["i1"], await OfColourAsync(shop, "blue"));
        var data = await fixture.Silo.DataAsync(items);
        Assert.Equal(["HALF", "PRICE", "COLOUR"], new AttributeReading(data, null).Columns);
    }

    [Fact]
    public async Task UpdateDataset_WhatDoesNotFit_IsRefused()
    {
        var shop = await OpenAsync();
        await shop.Tenant.CreateSchemaAsync(
            new() { Name = "narrow", Schema = Wider.Replace("""{"name":"PRICE","type":["float","null"]},""", "", StringComparison.Ordinal) }, shop.Caller);
        await shop.Tenant.CreateSchemaAsync(new() { Name = "wider", Schema = Wider }, shop.Caller);

        Assert.Contains("The field PRICE is missing", await SentenceAsync(() => UpdateAsync(shop, shop.ItemsArn, shop.Name("schema/narrow"))));
        Assert.Contains("must be 'Items'", await SentenceAsync(() => UpdateAsync(shop, shop.ItemsArn, shop.SchemaArn)));
        Assert.Contains("only the schema of Items or Users", await SentenceAsync(() => UpdateAsync(shop, shop.DatasetArn, shop.SchemaArn)));
        Assert.Contains("does not exist", await SentenceAsync(() => UpdateAsync(shop, shop.ItemsArn, shop.Name("schema/nothing"))));
        Assert.Null((await DescribeAsync(shop, shop.ItemsArn)).LatestDatasetUpdate);
    }

    private async Task<Shop> OpenAsync()
    {
        var shop = await new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.OpenItemsAsync();
        await shop.ImportAsync("interactions", Shop.Interactions());
        await shop.ImportAsync("items", "ITEM_ID,HALF,PRICE,SHELF\ni1,left,1,\ni2,left,2,\ni3,left,,a\n", datasetArn: shop.ItemsArn);
        return shop;
    }

    /// <summary>The items of a colour, as a filter finds them.</summary>
    private async Task<string[]> OfColourAsync(Shop shop, string colour)
    {
        if (!(await fixture.Silo.CallAsync<ListCampaignsRequest, ListCampaignsResponse>(shop.Caller, new())).Campaigns!.Any())
        {
            await shop.CreateSolutionAsync();
            await shop.VersionAsync(await shop.StartTrainingAsync());
            await shop.Tenant.CreateCampaignAsync(new() { Name = "front", SolutionVersionArn = $"{shop.SolutionArn}/$LATEST" }, shop.Caller);
            await shop.CampaignAsync(shop.Name("campaign/front"));
            await fixture.Silo.CallAsync<CreateFilterRequest, CreateFilterResponse>(shop.Caller, new()
            {
                Name = "colour", DatasetGroupArn = shop.GroupArn, FilterExpression = "INCLUDE ItemID WHERE Items.COLOUR IN ($COLOUR)",
            });
        }
        var answer = await fixture.Silo.CallAsync<GetRecommendationsRequest, GetRecommendationsResponse>(shop.Caller, new()
        {
            CampaignArn = shop.Name("campaign/front"), FilterArn = shop.Name("filter/colour"),
            FilterValues = new Dictionary<string, string> { ["COLOUR"] = $"\"{colour}\"" },
        });
        return [.. answer.ItemList!.Select(item => item.ItemId!).Order(StringComparer.Ordinal)];
    }

    private Task<UpdateDatasetResponse> UpdateAsync(Shop shop, string dataset, string schema) =>
        fixture.Silo.CallAsync<UpdateDatasetRequest, UpdateDatasetResponse>(shop.Caller, new() { DatasetArn = dataset, SchemaArn = schema });

    private async Task<Dataset> DescribeAsync(Shop shop, string dataset) =>
        (await fixture.Silo.CallAsync<DescribeDatasetRequest, DescribeDatasetResponse>(shop.Caller, new() { DatasetArn = dataset })).Dataset!;

    private static async Task<string> SentenceAsync(Func<Task> call) => (await Assert.ThrowsAsync<RefusedException>(call)).Message;
}
