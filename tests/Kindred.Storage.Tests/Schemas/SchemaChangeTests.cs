using Kindred.Contracts.Refusals;
using Kindred.Storage.Schemas;

namespace Kindred.Storage.Tests.Schemas;

public sealed class SchemaChangeTests
{
    private const string Id = """{"name":"ITEM_ID","type":"string"}""";
    private const string Genre = """{"name":"GENRE","type":["string","null"],"categorical":true}""";

    [Theory]
    [InlineData(Genre + "," + Id)]
    [InlineData(Id + "," + Genre + """,{"name":"PRICE","type":["float","null"]}""")]
    public void Check_TheSameFieldsAndNullableOnes_IsFine(string fields) => SchemaChange.Check(Schema(Id + "," + Genre), Schema(fields));

    [Theory]
    [InlineData(Id + """,{"name":"PRICE","type":["float","null"]}""", "The field GENRE is missing; every field of the dataset's schema must stay.")]
    [InlineData(
        Id + "," + """{"name":"GENRE","type":"string"}""", "The field GENRE is string; it must stay as it is: categorical string or null.")]
    [InlineData(
        Id + "," + Genre + """,{"name":"PRICE","type":"float"}""",
        "The field PRICE is new and must allow null: the rows that there are have no value for it.")]
    public void Check_AFieldThatIsGoneChangedOrNeverNull_IsRefused(string fields, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<RefusedException>(() => SchemaChange.Check(Schema(Id + "," + Genre), Schema(fields))).Message);

    private static ParsedSchema Schema(string fields) => ParsedSchema.Parse(
        $$"""{"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","fields":[{{fields}}],"version":"1.0"}""");
}
