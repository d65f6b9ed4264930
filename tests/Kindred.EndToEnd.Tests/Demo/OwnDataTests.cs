using System.Text.Json.Nodes;
using Kindred.Demo;
using Kindred.Demo.OwnData;

namespace Kindred.EndToEnd.Tests.Demo;

public sealed class OwnDataTests
{
    [Theory]
    [InlineData("USER_ID", "USER_ID")]
    [InlineData("userId", "USER_ID")]
    [InlineData("user id", "USER_ID")]
    [InlineData("\uFEFF\"visitorid\"", "USER_ID")]
    [InlineData("movieId", "ITEM_ID")]
    [InlineData("product_id", "ITEM_ID")]
    [InlineData("Timestamp", "TIMESTAMP")]
    [InlineData("rating", "EVENT_VALUE")]
    [InlineData("unit price (EUR)", "UNIT_PRICE__EUR_")]
    public void Normalise_EverydayHeader_IsTheContractsName(string header, string expected) =>
        Assert.Equal(expected, HeaderNames.Normalise(header));

    [Fact]
    public void Infer_Items_GuessesEachColumnFromItsValues()
    {
        string[][] rows = [.. Enumerable.Range(0, 40).Select(i => (string[])[$"i{i}", $"Name {i}", i % 2 == 0 ? "Drama|Comedy" : "Drama", "9.90", $"{i}", $"A longer description of what number {i} is good for."])];

        var fields = Fields(SchemaInference.Infer("Items", ["ITEM_ID", "NAME", "GENRES", "PRICE", "STOCK", "TEXT"], rows, "items.csv"));

        Assert.Equal("string", (string?)fields["ITEM_ID"]["type"]);
        Assert.Null(fields["NAME"]["categorical"]);
        Assert.True((bool?)fields["GENRES"]["categorical"]);
        Assert.Equal("float", (string?)fields["PRICE"]["type"]![0]);
        Assert.Equal("long", (string?)fields["STOCK"]["type"]![0]);
        Assert.True((bool?)fields["TEXT"]["textual"]);
    }

    [Fact]
    public void Infer_Interactions_KeepsAtMostFiveColumnsOfItsOwn()
    {
        string[] columns = ["USER_ID", "ITEM_ID", "TIMESTAMP", "A", "B", "C", "D", "E", "F"];

        var fields = Fields(SchemaInference.Infer("Interactions", columns, [["u", "i", "1700000000", "1", "2", "3", "4", "5", "6"]], "interactions.csv"));

        Assert.Equal(8, fields.Count);
        Assert.DoesNotContain("F", fields.Keys);
    }

    [Fact]
    public void Infer_TwoColumnsForOneThing_IsRefused()
    {
        var refused = Assert.Throws<DemoFailedException>(() => SchemaInference.Infer("Users", ["USER_ID", "USER_ID"], [], "users.csv"));

        Assert.Contains("users.csv", refused.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, JsonObject> Fields(string schema) =>
        JsonNode.Parse(schema)!["fields"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => f!.AsObject());
}
