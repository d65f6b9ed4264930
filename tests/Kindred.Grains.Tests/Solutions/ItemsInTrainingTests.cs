using System.Globalization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Tests.World;
using Kindred.Recipes;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Storage.Events;

namespace Kindred.Grains.Tests.Solutions;

[Collection("silo")]
public sealed class ItemsInTrainingTests(SiloFixture fixture)
{
    [Fact]
    public async Task Training_ItemsThatNobodyMet_AreRelatedByTheirMetadata()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("interactions", Shop.Interactions());
        await shop.OpenItemsAsync();
        await shop.ImportAsync("items", Items("bulk,second,3,x", "put,second,3,x"), datasetArn: shop.ItemsArn);
        // Put after the import: the newer row counts, and an item that the import did not have.
        await shop.Silo.Get<IEventLog>().AppendAsync(
            Arn.Parse(shop.GroupArn),
            [new StreamedItem("put", """{"half":"first","price":1}"""), new StreamedItem("live", """{"half":"first"}""")],
            CancellationToken.None);
        await shop.CreateSolutionAsync(recipe: "aws-similar-items");

        var arn = await shop.StartTrainingAsync();
        var version = await shop.VersionAsync(arn);

        Assert.Equal((ResourceStatus.Active, null), (version.Status, version.FailureReason));
        var state = await shop.Silo.Grains.FindAsync<SolutionVersionState>(arn);
        using var model = RecipeCatalog.Implementation("aws-similar-items")!.Open(
            ModelArtifact.Open(Path.Combine(fixture.DataPath, state!.ArtifactPath!)));
        Assert.Equal((43, 40), (model.Items.Count, model.MetItems));
        Assert.Equal(("second", "first", "first"), (HalfOf(model, "bulk"), HalfOf(model, "put"), HalfOf(model, "live")));
    }

    [Fact]
    public async Task Training_RecipeThatNeedsItems_IsRefusedWithoutThem()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("interactions", Shop.Interactions());
        await shop.CreateSolutionAsync(recipe: "aws-semantic-similarity");

        var missing = await Assert.ThrowsAsync<RefusedException>(() => shop.StartTrainingAsync());
        await shop.OpenItemsAsync();
        var withoutTexts = await Assert.ThrowsAsync<RefusedException>(() => shop.StartTrainingAsync());

        Assert.Contains("learns from item metadata; create an Items dataset", missing.Message, StringComparison.Ordinal);
        Assert.Contains("needs a field with \"itemName\": true", withoutTexts.Message, StringComparison.Ordinal);
    }

    /// <summary>Which half of the catalogue most of the five nearest items with interactions are of.</summary>
    private static string HalfOf(ITrainedModel model, string item)
    {
        Assert.True(model.Items.TryFind(item, out var code));
        var scores = new float[model.Items.Count];
        Assert.True(model.TryScoreRelated(new RelatedQuery(code), scores));
        var nearest = Enumerable.Range(0, model.MetItems).OrderByDescending(other => scores[other]).Take(5);
        return nearest.Count(other => int.Parse(model.Items[other][1..], CultureInfo.InvariantCulture) < 20) >= 3 ? "first" : "second";
    }

    private static string Items(params string[] more) =>
        string.Join(
            '\n',
            [
                "ITEM_ID,HALF,PRICE,SHELF",
                .. Enumerable.Range(0, 40).Select(i => $"i{i},{(i < 20 ? "first" : "second")},{i % 7},s{i}"),
                .. more,
            ])
            + "\n";

    private Task<Shop> NewShopAsync() => new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();
}
