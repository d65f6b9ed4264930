using System.Text.Json;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>A JSON array whose elements all have one shape and none of which is null.</summary>
public sealed class ListRule(string name, ShapeRule element) : ShapeRule(name)
{
    public ShapeRule Element { get; } = element;
    public int MinCount { get; init; }
    public int MaxCount { get; init; } = int.MaxValue;

    internal override void Check(ref Utf8JsonReader reader, RequestCheck check)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            RefuseType(ref reader, check, "a list");
            return;
        }

        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            check.Enter(++count);
            if (reader.TokenType == JsonTokenType.Null) check.FaultNull();
            else Element.Check(ref reader, check);
            check.Leave();
        }

        if (count > MaxCount) check.Fault(null, $"Member must have length less than or equal to {MaxCount}, not {count}");
        if (count < MinCount) check.Fault(null, $"Member must have length greater than or equal to {MinCount}, not {count}");
    }
}
