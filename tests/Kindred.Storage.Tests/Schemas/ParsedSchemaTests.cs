using Kindred.Contracts.Refusals;
using Kindred.Storage.Schemas;

namespace Kindred.Storage.Tests.Schemas;

public sealed class ParsedSchemaTests
{
    private const string User = """{"name":"USER_ID","type":"string"}""";
    private const string Item = """{"name":"ITEM_ID","type":"string"}""";
    private const string Time = """{"name":"TIMESTAMP","type":"long"}""";
    private const string Type = """{"name":"EVENT_TYPE","type":"string"}""";
    private const string Age = """{"name":"AGE","type":["null","int"]}""";

    [Fact]
    public void Parse_UnionsAndFlags_AreUnderstood()
    {
        var schema = ParsedSchema.Parse(SchemaTexts.Items);

        Assert.Equal(new SchemaField("GENRES", FieldType.String, true, true, false, false), schema.Find("GENRES"));
        Assert.Equal(new SchemaField("PRICE", FieldType.Float, true, false, false, false), schema.Find("PRICE"));
        Assert.True(schema.Find("DESCRIPTION")!.Textual);
        Assert.Null(schema.Find("genres"));
        schema.CheckFor("items", null);
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("""{"type":"enum","name":"Users","fields":[{"name":"A","type":"string"}]}""", "'type' is 'enum'")]
    [InlineData("""{"type":"record","name":"Users","fields":[]}""", "at least one field")]
    [InlineData("""{"type":"record","name":"Users","fields":[{"name":"A","type":{"type":"array","items":"string"}}]}""", "not supported")]
    [InlineData("""{"type":"record","name":"Users","fields":[{"name":"A","type":["string","long"]}]}""", "a union may hold one type")]
    [InlineData("""{"type":"record","name":"Users","fields":[{"name":"A","type":"text"}]}""", "Field A has the type \"text\"")]
    [InlineData("""{"type":"record","name":"Users","fields":[{"name":"A","type":"int","categorical":true}]}""", "only a string can be categorical")]
    [InlineData("""{"type":"record","name":"Users","fields":[{"name":"GENRES_FIELD_1","type":"int"},{"name":"GENRESFIELD1","type":"int"}]}""", "GENRES_FIELD_1, GENRESFIELD1 have the same name")]
    [InlineData("""{"type":"record","name":"Users","fields":[{"type":"int"},7]}""", "Field 1 must be an object with a 'name'")]
    public void Parse_NoFlatRecord_IsRefusedWithTheReason(string json, string reason)
    {
        var refused = Assert.Throws<RefusedException>(() => ParsedSchema.Parse(json));
        Assert.Equal(RefusalCode.InvalidInput, refused.Code);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralFaults_AreReportedTogether()
    {
        var refused = Assert.Throws<RefusedException>(
            () => ParsedSchema.Parse(SchemaTexts.Of("", """{"name":"A","type":"uuid"}""", """{"name":"B"}""")));
        Assert.All(["'name'", "Field A", "Field B"], part => Assert.Contains(part, refused.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Interactions", null, new[] { User, Item, Time }, null)]
    [InlineData("INTERACTIONS", "ECOMMERCE", new[] { User, Item, Time, Type }, null)]
    [InlineData("Interactions", "ECOMMERCE", new[] { User, Item, Time }, "EVENT_TYPE is missing")]
    [InlineData("Interactions", null, new[] { User, Time }, "ITEM_ID is missing")]
    [InlineData("Interactions", null, new[] { User, Item, """{"name":"TIMESTAMP","type":"string"}""" }, "TIMESTAMP must be a long")]
    [InlineData("Interactions", null, new[] { User, Item, """{"name":"TIMESTAMP","type":["null","long"]}""" }, "TIMESTAMP must not allow null")]
    [InlineData("Interactions", null, new[] { User, Item, Time, """{"name":"EVENT_TYPE","type":"string","categorical":true}""" }, "EVENT_TYPE must be a plain string")]
    [InlineData("Interactions", null, new[] { User, Item, Time, """{"name":"EVENT_VALUE","type":"string"}""" }, "EVENT_VALUE must be a float")]
    [InlineData("Interactions", null, new[] { User, Item, Time, """{"name":"TEXT","type":"string","textual":true}""" }, "only an Items dataset")]
    [InlineData("Users", null, new[] { User }, "at least one metadata field")]
    [InlineData("Users", null, new[] { User, Age }, null)]
    [InlineData("Users", null, new[] { Age }, "USER_ID is missing")]
    [InlineData("Users", "VIDEO_ON_DEMAND", new[] { User, """{"name":"SUBSCRIPTION_MODEL","type":"string"}""" }, "SUBSCRIPTION_MODEL must be a categorical string")]
    [InlineData("Items", null, new[] { Item, """{"name":"A","type":"string","textual":true}""", """{"name":"B","type":"string","textual":true}""" }, "may have only one")]
    [InlineData("Items", "ECOMMERCE", new[] { Item, """{"name":"PRICE","type":"float"}""" }, "CATEGORY_L1 is missing")]
    [InlineData("Items", "VIDEO_ON_DEMAND", new[] { Item, """{"name":"CREATION_TIMESTAMP","type":"long"}""", """{"name":"GENRES","type":"string","categorical":true}""" }, null)]
    [InlineData("Items", "GROCERY", new[] { Item }, "The domain 'GROCERY' is unknown")]
    [InlineData("Clicks", null, new[] { Item }, "The dataset type 'Clicks' is unknown")]
    public void CheckFor_EachRule_PassesOrNamesTheFault(string datasetType, string? domain, string[] fields, string? fault)
    {
        var name = datasetType.StartsWith("INT", StringComparison.OrdinalIgnoreCase) ? "Interactions" : datasetType;
        var schema = ParsedSchema.Parse(SchemaTexts.Of(name, fields));

        var refused = Record.Exception(() => schema.CheckFor(datasetType, domain));

        if (fault is null) Assert.Null(refused);
        else Assert.Contains(fault, Assert.IsType<RefusedException>(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckFor_TooManyMetadataFields_IsRefused()
    {
        var fields = Enumerable.Range(0, 6).Select(i => $$"""{"name":"M{{i}}","type":"int"}""");
        var schema = ParsedSchema.Parse(SchemaTexts.Of("Interactions", [User, Item, Time, Type, .. fields]));

        Assert.Contains(
            "6 metadata fields",
            Assert.Throws<RefusedException>(() => schema.CheckFor("Interactions", null)).Message,
            StringComparison.Ordinal);
    }
}
