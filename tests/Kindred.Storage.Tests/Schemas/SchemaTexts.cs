namespace Kindred.Storage.Tests.Schemas;

internal static class SchemaTexts
{
    public const string Interactions = """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},
        {"name":"EVENT_TYPE","type":"string"},{"name":"EVENT_VALUE","type":["null","float"]},
        {"name":"DEVICE","type":["string","null"],"categorical":true}],"version":"1.0"}
        """;

    public const string Items = """
        {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"ITEM_ID","type":"string"},{"name":"GENRES","type":["null","string"],"categorical":true},
        {"name":"PRICE","type":["float","null"]},{"name":"CREATION_TIMESTAMP","type":["null","long"]},
        {"name":"NUMBER_OF_RATINGS","type":["null","int"]},
        {"name":"DESCRIPTION","type":["null","string"],"textual":true}],"version":"1.0"}
        """;

    public static string Of(string name, params string[] fields) =>
        $$"""{"type":"record","name":"{{name}}","namespace":"com.amazonaws.personalize.schema","fields":[{{string.Join(',', fields)}}],"version":"1.0"}""";
}
