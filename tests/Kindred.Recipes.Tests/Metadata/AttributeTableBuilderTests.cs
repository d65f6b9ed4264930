using System.Globalization;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Metadata;

public class AttributeTableBuilderTests
{
    private static readonly AttributeColumn[] Columns =
    [
        new("GENRES", AttributeKind.Category), new("PRICE", AttributeKind.Number),
        new("TITLE", AttributeKind.Text), new(AttributeColumn.CreationTimestamp, AttributeKind.CreationTime),
    ];

    [Fact]
    public void Join_ItemsThatNobodyMet_GetCodesAfterAllOthers()
    {
        var data = Join(builder =>
        {
            builder.Add("cold", ["Comedy| Drama ||Comedy", "1.5", "Toy Story", "100"]);
            builder.Add("b", ["Drama", "2", null, ""]);
        });

        var items = data.Items!;
        Assert.Equal(["a", "b", "cold"], Enumerable.Range(0, 3).Select(item => data.Interactions.ItemIds[item]));
        Assert.Equal(3, items.RowCount);
        Assert.Equal([[], ["Drama"], ["Comedy", "Drama"]], Enumerable.Range(0, 3).Select(item => ValuesOf(items.Categories[0], item)));
        Assert.Equal([float.NaN, 2, 1.5f], items.Numbers[0].Values);
        Assert.Equal([null, null, "Toy Story"], items.Texts[0].Values);
        Assert.Equal([AttributeTable.UnknownTime, AttributeTable.UnknownTime, 100], items.CreationTimes!);
    }

    [Fact]
    public void Add_RepeatedId_LastRowWins()
    {
        var data = Join(builder =>
        {
            builder.Add("a", ["Comedy", "1", "old", "7"]);
            builder.Add("b", ["Comedy", "3", "other", "8"]);
            builder.Add("a", ["Drama", null, "new", null]);
        });

        Assert.Equal(["Drama"], ValuesOf(data.Items!.Categories[0], 0));
        Assert.Equal([float.NaN, 3], data.Items.Numbers[0].Values);
        Assert.Equal(["new", "other"], data.Items.Texts[0].Values);
        Assert.Equal([AttributeTable.UnknownTime, 8], data.Items.CreationTimes!);
        Assert.Equal(["Drama", "Comedy"], data.Items.Categories[0].Values); // no code for what no row holds any more
    }

    [Theory, InlineData("NaN"), InlineData("inf"), InlineData("1e300"), InlineData("12 €"), InlineData("  "), InlineData("")]
    public void Add_NumberThatIsNone_IsMissing(string value)
    {
        var data = Join(builder => builder.Add("a", [null, value, null, value]));

        Assert.Equal([float.NaN, float.NaN], data.Items!.Numbers[0].Values);
        Assert.All(data.Items.CreationTimes!, time => Assert.Equal(AttributeTable.UnknownTime, time));
    }

    [Fact]
    public void New_TooManyOrRepeatedColumns_SaysSo()
    {
        AttributeColumn[] many = [.. Enumerable.Range(0, 26).Select(i => new AttributeColumn($"C{i}", AttributeKind.Number))];

        var tooMany = Assert.Throws<InvalidDataException>(() => new AttributeTableBuilder(many, AttributeTableBuilder.MaxUserColumns));
        var twice = Assert.Throws<InvalidDataException>(() => new AttributeTableBuilder([many[0], many[0]]));

        Assert.Equal("There are 26 metadata columns; at most 25 were expected.", tooMany.Message);
        Assert.Equal("The metadata column 'C0' is there 2 times; once was expected.", twice.Message);
    }

    [Fact]
    public void InDays_CreationThenOldestInteractionThenNew()
    {
        var builder = new AttributeTableBuilder([Columns[3]]);
        builder.Add("a", ["0"]);
        builder.Add("cold", [null]);
        builder.Add("future", ["999999999"]);

        var ages = ItemAges.InDays(Join(builder));

        Assert.Equal([2, 1, 0, 0], ages); // a by its creation, b by its oldest interaction, the others are new
    }

    [Theory]
    [InlineData(1, "N/A")]
    [InlineData(60, "N/A|unknown|-")]
    [InlineData(3, "1,299.00|ask|N/A")]
    public void Infer_NumbersWithAFewWords_AreNumbersWithGaps(int words, string which)
    {
        var spellings = which.Split('|');
        var rows = Enumerable.Range(0, 400).Select(i => new[] { i < words ? spellings[i % spellings.Length] : $"{i}.99" });

        Assert.Equal(AttributeKind.Number, Assert.Single(AttributeKinds.Infer(["PRICE"], rows)).Kind);
    }

    [Theory]
    [InlineData("sku-{0}", "{0}")] // half of them numbers
    [InlineData("0{0}", "0{0}")] // codes with zeros in front
    public void Infer_CodesAmongNumbers_AreCategories(string even, string odd)
    {
        var rows = Enumerable.Range(100, 400).Select(i => new[] { string.Format(CultureInfo.InvariantCulture, i % 2 == 0 ? even : odd, i) });

        Assert.Equal(AttributeKind.Category, Assert.Single(AttributeKinds.Infer(["CODE"], rows)).Kind);
    }

    [Fact]
    public void Infer_ColumnsOfMovieAndShopFiles_AreReadAsPeopleWould()
    {
        var rows = Enumerable.Range(0, 400).Select(i => new[]
        {
            $"The Movie {i}", $"{1900 + i % 90}", i % 3 == 0 ? "Science Fiction|Drama" : "Comedy", $"{i % 21}", $"{i}.99",
            $"ZIP{i}", "nan", i % 2 == 0 ? "F" : null, $"{i}",
        });

        var kinds = AttributeKinds.Infer(["title", "year", "genres", "occupation", "price", "zip", "promoted", "gender", "CREATION_TIMESTAMP"], rows);

        Assert.Equal(
            [
                AttributeKind.Text, AttributeKind.Number, AttributeKind.Category, AttributeKind.Category, AttributeKind.Number,
                AttributeKind.Category, AttributeKind.Category, AttributeKind.Category, AttributeKind.CreationTime,
            ],
            kinds.Select(column => column.Kind));
    }

    private static TrainingSet Join(Action<AttributeTableBuilder> add)
    {
        var items = new AttributeTableBuilder(Columns);
        add(items);
        return Join(items);
    }

    private static TrainingSet Join(AttributeTableBuilder items)
    {
        var interactions = new InteractionLogBuilder();
        interactions.Add("u", "a", 86_400);
        interactions.Add("u", "b", 86_400);
        interactions.Add("u", "a", 172_800);
        return TrainingSets.Join(interactions, items, users: null);
    }

    private static IEnumerable<string> ValuesOf(CategoryColumn column, int row) => column.Row(row).ToArray().Select(code => column.Values[code]);
}
