using System.Text.Json;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>JSON <c>true</c> or <c>false</c>.</summary>
public sealed class FlagRule(string name) : ShapeRule(name)
{
    internal override void Check(ref Utf8JsonReader reader, RequestCheck check)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False)) RefuseType(ref reader, check, "true or false");
    }
}
