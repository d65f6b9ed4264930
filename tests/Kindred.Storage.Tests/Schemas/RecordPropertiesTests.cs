using Kindred.Contracts.Refusals;
using Kindred.Storage.Schemas;

namespace Kindred.Storage.Tests.Schemas;

public sealed class RecordPropertiesTests
{
    private static readonly ParsedSchema Items = ParsedSchema.Parse(SchemaTexts.Items);

    [Fact]
    public void Parse_CamelCaseKeys_FillTheirColumns()
    {
        var values = RecordProperties.Parse(
            Items, ["ITEM_ID"], """{"genres":["Comedy","Drama"],"price":9.50,"numberOfRatings":7,"description":null}""");

        Assert.Equal([null, "Comedy|Drama", "9.50", null, "7", null], values);
    }

    [Theory]
    [InlineData("""{"price":"9.5","numberOfRatings":"7","creationTimestamp":"1700000000"}""")]
    [InlineData("""{"price":9.5,"numberOfRatings":7,"creationTimestamp":1700000000}""")]
    [InlineData("""{"price":95e-1,"numberOfRatings":7.0,"creationTimestamp":1.7e9}""")]
    [InlineData("""{"PRICE":" 9.5","number_of_ratings":"7.0","creationTimestamp":"1700000000.0"}""")]
    public void Parse_NumberInEitherJsonType_IsRead(string json)
    {
        var values = RecordProperties.Parse(Items, ["ITEM_ID"], json);

        Assert.Equal([9.5, 7, 1_700_000_000], new[] { "PRICE", "NUMBER_OF_RATINGS", "CREATION_TIMESTAMP" }
            .Select(column => double.Parse(values[Items.IndexOf(column)]!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Parse_CategoriesOfEitherJsonType_AreRead()
    {
        Assert.Contains("Comedy|1984", RecordProperties.Parse(Items, ["ITEM_ID"], """{"genres":["Comedy",1984]}"""));
        Assert.Contains("1984", RecordProperties.Parse(Items, ["ITEM_ID"], """{"genres":1984}"""));
        Assert.DoesNotContain("", RecordProperties.Parse(Items, ["ITEM_ID"], """{"genres":[]}"""));
    }

    [Theory]
    [InlineData("[1]", "expected an object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"genres":"\ud800"}""", "not valid Unicode")]
    [InlineData("""{"colour":"red"}""", "'colour' matches no field")]
    [InlineData("""{"itemId":"7"}""", "'itemId' is not allowed here")]
    [InlineData("""{"price":"cheap"}""", "PRICE is 'cheap'; expected a finite number")]
    [InlineData("""{"creationTimestamp":1700000000000}""", "milliseconds")]
    [InlineData("""{"price":{"eur":1}}""", "price is a JSON Object")]
    public void Parse_WhatDoesNotFit_IsRefusedWithTheReason(string json, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<RefusedException>(() => RecordProperties.Parse(Items, ["ITEM_ID"], json)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"value":10,"repeatFrequency":30}""", null)]
    [InlineData("""{"value":1,"repeatFrequency":0}""", null)]
    [InlineData("""{"value":11}""", "VALUE is '11'; expected a whole number from 1 to 10")]
    [InlineData("""{"value":0}""", "VALUE is '0'; expected a whole number from 1 to 10")]
    [InlineData("""{"repeatFrequency":31}""", "REPEAT_FREQUENCY is '31'; expected a whole number from 0 to 30")]
    public void Parse_ValueAndRepeatFrequency_OfActionsAreHeldToTheirRanges_AndOfItemsAreNot(string json, string? reason)
    {
        string[] columns = ["""{"name":"VALUE","type":["long","null"]}""", """{"name":"REPEAT_FREQUENCY","type":["long","null"]}"""];
        var actions = ParsedSchema.Parse(SchemaTexts.Of("Actions", ["""{"name":"ACTION_ID","type":"string"}""", .. columns]));
        var items = ParsedSchema.Parse(SchemaTexts.Of("Items", ["""{"name":"ITEM_ID","type":"string"}""", .. columns]));

        RecordProperties.Parse(items, ["ITEM_ID"], json);
        if (reason is null) RecordProperties.Parse(actions, ["ACTION_ID"], json);
        else
            Assert.Contains(
                reason, Assert.Throws<RefusedException>(() => RecordProperties.Parse(actions, ["ACTION_ID"], json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_MissingRequiredValue_IsRefused()
    {
        var schema = ParsedSchema.Parse(SchemaTexts.Of("Items", """{"name":"ITEM_ID","type":"string"}""", """{"name":"PRICE","type":"float"}"""));

        Assert.Contains(
            "price is missing",
            Assert.Throws<RefusedException>(() => RecordProperties.Parse(schema, ["ITEM_ID"], null)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NUMBER_OF_RATINGS", "numberOfRatings")]
    [InlineData("GENRE_L2", "genreL2")]
    [InlineData("price", "price")]
    public void KeyFor_SchemaName_IsCamelCase(string column, string key) => Assert.Equal(key, RecordProperties.KeyFor(column));
}
