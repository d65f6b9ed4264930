using System.Text;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Schemas;
using Kindred.Testing.Fuzzing;

namespace Kindred.Storage.Tests.Schemas;

/// <summary>Whatever is sent as a schema is understood, or refused in a sentence.</summary>
public sealed class SchemaFuzzTests
{
    private const int Inputs = 300_000;

    private static readonly string[] Right = [SchemaTexts.Interactions, SchemaTexts.Items];
    private static readonly string[] Types = ["Interactions", "Items", "Users", "Actions", "Action_Interactions", "ITEMS", "Films"];
    private static readonly string?[] Domains = [null, "ECOMMERCE", "VIDEO_ON_DEMAND"];

    private static readonly JsonDamage Damage = new(
        ["type", "name", "namespace", "fields", "version", "categorical", "textual", "itemName", "doc", "default"],
        [
            "\"record\"", "\"string\"", "\"long\"", "\"float\"", "[\"null\",\"string\"]", "[\"string\",\"int\",\"null\"]", "\"null\"", "\"boolean\"", "\"ITEM_ID\"",
            "\"USER_ID\"", "\"TIMESTAMP\"", "\"GENRE_L2\"", "\"item-id\"", "\"EVENT_TYPE\"", "\"Users\"", "\"Items\"", "true", "\"true\"",
            """{"name":"USER_ID","type":"string"}""", """{"name":"AGE","type":["null","int"]}""", """{"name":"GENRES","type":"string","categorical":true}""",
            """{"name":"X","type":{"type":"array","items":"string"}}""", """{"name":"VALUE","type":"long"}""",
        ]);

    [Fact]
    public void Parse_DamagedSchemas_AreUnderstoodOrRefused()
    {
        var (understood, refused) = (0, 0);
        ParsedSchema before = ParsedSchema.Parse(SchemaTexts.Items);
        foreach (var seed in FuzzRuns.Seeds(Inputs))
        {
            var text = Encoding.UTF8.GetString(Damage.Of(Right[seed % Right.Length], seed));
            try
            {
                var schema = ParsedSchema.Parse(text);
                understood++;
                Assert.NotEmpty(schema.Fields);
                foreach (var field in schema.Fields) Assert.Same(field, schema.Fields[schema.IndexOf(field.Name)]);
                Try(() => SchemaChange.Check(before, schema));
                Try(() => schema.CheckFor(Types[seed % Types.Length], Domains[seed % Domains.Length]));
                before = schema;
            }
            catch (RefusedException refusal)
            {
                refused++;
                Assert.NotEmpty(refusal.Message);
            }
            catch (Exception failure)
            {
                Assert.Fail($"Seed {seed}: {text}\n{failure}");
            }
        }
        // Neither would say anything of a reader that takes, or refuses, whatever comes.
        Assert.True(understood > 100 && refused > 100, $"{understood} understood, {refused} refused");
    }

    private static void Try(Action check)
    {
        try
        {
            check();
        }
        catch (RefusedException refusal)
        {
            Assert.NotEmpty(refusal.Message);
        }
    }
}
