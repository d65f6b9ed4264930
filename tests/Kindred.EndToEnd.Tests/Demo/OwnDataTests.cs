using System.Text.Json.Nodes;
using Kindred.Demo;
using Kindred.Demo.OwnData;
using Kindred.Files.Csv;
using Kindred.Files.Csv.Inference;
using Kindred.Testing;

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
        string[][] rows = [.. Enumerable.Range(0, 40).Select(i => (string[])
        [
            $"i{i}", $"Name {i}", i % 2 == 0 ? "Drama|Comedy" : "Drama", "9.90", $"{i}",
            $"A longer description of what number {i} is good for.",
        ])];

        var fields = Fields(SchemaInference.Infer("Items", ["ITEM_ID", "NAME", "GENRES", "PRICE", "STOCK", "TEXT"], rows, "items.csv").Document);

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

        var fields = Fields(
            SchemaInference.Infer("Interactions", columns, [["u", "i", "1700000000", "1", "2", "3", "4", "5", "6"]], "interactions.csv").Document);

        Assert.Equal(8, fields.Count);
        Assert.DoesNotContain("F", fields.Keys);
    }

    [Fact]
    public void Infer_TwoColumnsForOneThing_IsRefused()
    {
        var refused = Assert.Throws<CsvException>(() => SchemaInference.Infer("Users", ["USER_ID", "USER_ID"], [], "users.csv"));

        Assert.Contains("users.csv", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infer_ColumnThatIsSomewhereEmpty_MayBeNull()
    {
        string[] columns = ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE"];
        string[][] rows = [.. Enumerable.Range(0, 3_000).Select(i => (string[])["u", "i", "1700000000", i == 2_500 ? "" : "View"])];

        Assert.Equal("""["string","null"]""", EventType(rows));
        Assert.Equal("\"string\"", EventType(rows[..2_500]));

        string EventType(string[][] seen) =>
            Fields(SchemaInference.Infer("Interactions", columns, seen, "interactions.csv").Document)["EVENT_TYPE"]["type"]!.ToJsonString();
    }

    [Fact]
    public void Infer_FewValuesThatAreNoNumbers_AreGaps()
    {
        string[][] rows = [.. Enumerable.Range(0, 3_000)
            .Select(i => (string[])[$"i{i}", i == 2_500 ? "on request" : "9.90", i % 3 == 0 ? "N/A" : "7.0"])];

        var schema = SchemaInference.Infer("Items", ["ITEM_ID", "PRICE", "STOCK"], rows, "items.csv");

        Assert.Equal("float", (string?)Fields(schema.Document)["PRICE"]["type"]![0]);
        Assert.Equal("long", (string?)Fields(schema.Document)["STOCK"]["type"]![0]);
        Assert.Equal(["PRICE", "STOCK"], schema.Gaps);
        Assert.Equal(
            [
                "PRICE of items.csv is read as numbers: 1 of its 3,000 values is none ('on request'), and left empty.",
                "STOCK of items.csv is read as numbers: 1,000 of its 3,000 values are none ('N/A'), and left empty.",
            ],
            schema.Notes);
    }

    [Fact]
    public void Infer_ManyDifferentValuesThatAreNoNumbers_MakeTheColumnText()
    {
        string[][] rows = [.. Enumerable.Range(0, 3_000).Select(i => (string[])[$"i{i}", i % 5 == 0 ? $"model {i}" : $"{i}"])];

        var fields = Fields(SchemaInference.Infer("Items", ["ITEM_ID", "MODEL"], rows, "items.csv").Document);

        Assert.Equal("string", (string?)fields["MODEL"]["type"]![0]);
    }

    [Fact]
    public void Open_NumbersWithGaps_AreUploadedEmpty()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.At("interactions.csv"),
            "\nUSER_ID,ITEM_ID,TIMESTAMP,RATING,CHANNEL\nu,i,1700000000.0,4,web\nu,j,1.7e9,N/A,app\nu,k,1700000002,5,\"a \"\"b\"\"\"\n");

        var data = OwnDataFolder.Open(folder.Path);

        Assert.Equal(["EVENT_VALUE of interactions.csv is read as numbers: 1 of its 3 values is none ('N/A'), and left empty."], data.Notes);
        Assert.Equal("""["float","null"]""", Fields(data.Datasets[0].Schema)["EVENT_VALUE"]["type"]!.ToJsonString());
        using var upload = new StreamReader(data.Datasets[0].Open());
        Assert.Equal(
            "USER_ID,ITEM_ID,TIMESTAMP,EVENT_VALUE,CHANNEL\nu,i,1700000000.0,4,web\nu,j,1.7e9,,app\nu,k,1700000002,5,\"a \"\"b\"\"\"\n",
            upload.ReadToEnd());
        Assert.Equal(3, data.Shopper.History.Count);
    }

    [Fact]
    public void Open_EventValuesThatAreWords_AreLeftOut()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("interactions.csv"), "USER_ID,ITEM_ID,TIMESTAMP,EVENT_VALUE\nu,i,1700000000,good\nu,j,1700000000,bad\n");

        var data = OwnDataFolder.Open(folder.Path);

        Assert.DoesNotContain("EVENT_VALUE", Fields(data.Datasets[0].Schema).Keys);
        Assert.Equal(["EVENT_VALUE of interactions.csv holds no numbers, such as 'good', and is left out."], data.Notes);
    }

    [Fact]
    public void Open_QuotedHeadersAndRowsThatCannotBeUsed_CountsTheOthersAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.At("interactions.csv"), "\uFEFF\"userId\",\"item id\",timestamp,\"event\"\r\n1,\"a, b\",7,View\r\n1,,8,Buy\r\n2,c\r\n2,c,9,\r\n");

        var data = OwnDataFolder.Open(folder.Path);

        Assert.StartsWith("2 interactions of 2 users with 2 items", data.Summary, StringComparison.Ordinal);
        Assert.Equal(["2 rows of interactions.csv cannot be used; the first is line 3: ITEM_ID is empty."], data.Notes);
        using var upload = new StreamReader(data.Datasets[0].Open());
        Assert.Equal("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE", upload.ReadLine());
        Assert.Equal("1,\"a, b\",7,View", upload.ReadLine());
        Assert.Equal("2,c,9,", upload.ReadLine()); // what cannot be used would only fail the import
        Assert.Null(upload.ReadLine());
    }

    [Theory]
    [InlineData("user_id;item_id;timestamp", "its header has user_id;item_id;timestamp, separated by a semicolon where a comma was expected.")]
    [InlineData("user_id\titem_id\ttimestamp", "separated by a tab where a comma was expected.")]
    [InlineData("1,2,1700000000", "interactions.csv needs the column USER_ID and ITEM_ID and TIMESTAMP; its header has 1, 2, 1700000000.")]
    public void Open_HeaderThatDoesNotFit_SaysWhatWasFoundAndExpected(string header, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("interactions.csv"), header + "\n1,2,3\n");

        var refused = Assert.Throws<DemoFailedException>(() => OwnDataFolder.Open(folder.Path));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, JsonObject> Fields(string schema) =>
        JsonNode.Parse(schema)!["fields"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => f!.AsObject());
}
