using System.Text.Json;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>What the contract demands of one shape. The tables of rules are generated from <c>contract.json</c>.</summary>
public abstract class ShapeRule(string name)
{
    /// <summary>The shape's name in the contract.</summary>
    public string Name { get; } = name;

    /// <summary>The value must not be repeated in messages or logs.</summary>
    public bool Sensitive { get; init; }

    /// <summary>
    /// Checks the value whose first token <paramref name="reader"/> stands on, notes every fault in <paramref name="check"/>
    /// and leaves the reader on the value's last token.
    /// </summary>
    internal abstract void Check(ref Utf8JsonReader reader, RequestCheck check);

    /// <summary>Notes that the value has the wrong type and passes over it.</summary>
    private protected static void RefuseType(ref Utf8JsonReader reader, RequestCheck check, string expected)
    {
        check.Fault(null, $"Member must be {expected}, not {Describe(reader.TokenType)}");
        reader.Skip();
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        _ => "null",
    };
}
