using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Segmentation;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Segmentation;

public class UserSegmentationTests
{
    private const string ByItem = "aws-item-affinity";
    private const string ByAttribute = "aws-item-attribute-affinity";
    private static readonly TrainingSet Shop = ShopWithAisles();

    [Fact]
    public void RankUsers_Item_PutsUsersOfItsAisleFirst()
    {
        using var model = Train(ByItem);
        var segment = new int[3]; // of the 25 users of an aisle some 5 have not come by the item yet; they are who it is about

        var (right, asked) = (0, 0);
        for (var aisle = 0; aisle < PlantedShop.Aisles; aisle++)
        {
            Assert.True(model.Items.TryFind(PlantedShop.Item(aisle, 4), out var item));
            Assert.Equal(segment.Length, ((IUserSegmentation)model).RankUsers(item, segment));
            right += segment.Count(user => AisleOf(user) == aisle);
            asked += segment.Length;
        }

        Assert.True(right > 0.9 * asked, $"{right} of {asked} users walk along the item's aisle.");
    }

    [Fact]
    public void RankUsers_Attributes_PutsUsersOfTheAisleFirst()
    {
        using var model = Train(ByAttribute);
        var segment = new int[10];

        var count = ((IUserSegmentation)model).RankUsers(ItemAttributeQuery.Parse("ITEMS.aisle = \"aisle 3\" AND items.PLACE = 4"), segment);

        Assert.Equal(10, count);
        Assert.True(segment.Count(user => AisleOf(user) == 3) >= 9);
    }

    [Theory]
    [InlineData("ITEMS.COLOUR = \"red\"", "no column 'COLOUR'; AISLE, PLACE can be asked for")]
    [InlineData("ITEMS.NAME = \"x\"", "'NAME' is textual")]
    [InlineData("ITEMS.PLACE = \"x\"", "'x' is not a number")]
    public void RankUsers_QueryThatCannotBe_SaysWhy(string query, string why)
    {
        using var model = Train(ByAttribute);

        var e = Assert.Throws<FormatException>(() => ((IUserSegmentation)model).RankUsers(ItemAttributeQuery.Parse(query), new int[5]));

        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RankUsers_NoItemHasTheAttributes_GivesNobody()
    {
        using var model = Train(ByAttribute);

        Assert.Equal(0, ((IUserSegmentation)model).RankUsers(ItemAttributeQuery.Parse("ITEMS.AISLE = \"aisle 99\""), new int[5]));
    }

    [Fact]
    public void Parse_QueryOfTheGuide_GivesItsConditions() => Assert.Equal(
        [("genres", "Comedy"), ("genres", "a \"b\""), ("year", "1995")],
        ItemAttributeQuery.Parse(" ITEMS.genres = \"Comedy\" AND ITEMS.genres=\"a \\\"b\\\"\" and Items.year = 1995 ").Conditions);

    [Theory]
    [InlineData(""), InlineData("genres = \"Comedy\""), InlineData("ITEMS.genres != \"Comedy\""), InlineData("ITEMS.a = \"b\" OR ITEMS.a = \"c\"")]
    [InlineData("ITEMS.a = \"b\" AND"), InlineData("ITEMS.a = \"b"), InlineData("ITEMS.a = b"), InlineData("ITEMS.a = \"b\" ITEMS.a = \"c\"")]
    public void Parse_AnythingElse_IsRefused(string query) => Assert.Throws<FormatException>(() => ItemAttributeQuery.Parse(query));

    [Theory]
    [InlineData(ByItem), InlineData(ByAttribute)]
    public void Measure_PlantedShop_BeatsChance(string recipe)
    {
        var metrics = Models.Recipe(recipe).Measure(Shop, RecipeSettings.Defaults(Models.Recipe(recipe).Description), new TrainingRun(1, 2))!;

        // The top 1 % are 3 of 300 users; an aisle has 25. At random 1 % of the truth would be in them.
        Assert.True(metrics["recall_at_k"] > 0.04, $"{metrics["recall_at_k"]}");
        Assert.InRange(metrics["hit_at_k"], 0.3, 3);
        Assert.InRange(metrics["coverage"], 0.1, 1);
    }

    [Theory]
    [InlineData(ByItem), InlineData(ByAttribute)]
    public void Open_Saved_RanksUsersEqual(string recipe)
    {
        using var temporary = new Temporary();
        using var model = Train(recipe);
        File.WriteAllBytes(temporary["model"], Models.Bytes(model));
        using var opened = Models.Recipe(recipe).Open(ModelArtifact.Open(temporary["model"]));

        var (expected, actual) = (new int[20], new int[20]);
        for (var item = 0; item < model.Items.Count; item += 11)
        {
            ((IUserSegmentation)model).RankUsers(item, expected);
            ((IUserSegmentation)opened).RankUsers(item, actual);
            Assert.Equal(expected, actual);
        }
        Assert.Equal(Models.Bytes(model), Models.Bytes(opened));
    }

    private static ITrainedModel Train(string recipe) =>
        Models.Recipe(recipe).Train(Shop, RecipeSettings.Defaults(Models.Recipe(recipe).Description), new TrainingRun(1, 2));

    /// <summary>The aisle that most of a user's items are in.</summary>
    private static int AisleOf(int user)
    {
        var log = Shop.Interactions;
        return log.Items[log.UserStarts[user]..log.UserStarts[user + 1]].ToArray()
            .GroupBy(item => PlantedShop.AisleOf(log.ItemIds[item])).MaxBy(group => group.Count())!.Key;
    }

    private static TrainingSet ShopWithAisles()
    {
        var log = PlantedShop.Create();
        var table = new AttributeTableBuilder(
            [new("AISLE", AttributeKind.Category), new("PLACE", AttributeKind.Number), new("NAME", AttributeKind.Text)]);
        for (var aisle = 0; aisle < PlantedShop.Aisles; aisle++)
        {
            for (var place = 0; place < PlantedShop.ItemsPerAisle; place++)
                table.Add(PlantedShop.Item(aisle, place), [$"aisle {aisle}", $"{place}", "some name"]);
        }
        return new TrainingSet(log) { Items = table.Build(log.ItemIds) };
    }
}
