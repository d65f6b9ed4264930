using System.Text.Json;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>A JSON object whose keys the client chooses. A key may come once, and no value is null.</summary>
public sealed class MapRule(string name, TextRule key, ShapeRule value) : ShapeRule(name)
{
    public TextRule Key { get; } = key;
    public ShapeRule Value { get; } = value;
    public int MinCount { get; init; }
    public int MaxCount { get; init; } = int.MaxValue;

    internal override void Check(ref Utf8JsonReader reader, RequestCheck check)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            RefuseType(ref reader, check, "an object");
            return;
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var readable = JsonText.TryRead(ref reader, out var key);
            reader.Read();
            if (readable) CheckEntry(key!, keys, ref reader, check);
            else RefuseKey(ref reader, check);
        }

        if (keys.Count > MaxCount) check.Fault(null, $"Member must have length less than or equal to {MaxCount}, not {keys.Count}");
        if (keys.Count < MinCount) check.Fault(null, $"Member must have length greater than or equal to {MinCount}, not {keys.Count}");
    }

    private void CheckEntry(string key, HashSet<string> keys, ref Utf8JsonReader reader, RequestCheck check)
    {
        check.EnterKey(key);
        Key.CheckText(key, check);
        check.Leave();

        check.Enter(key);
        if (!keys.Add(key)) check.Fault(null, "Member must be given only once");
        if (reader.TokenType == JsonTokenType.Null) check.FaultNull();
        else Value.Check(ref reader, check);
        check.Leave();
    }

    private static void RefuseKey(ref Utf8JsonReader reader, RequestCheck check)
    {
        check.EnterKey("?");
        check.Fault(null, "Member must be valid Unicode text");
        check.Leave();
        reader.Skip();
    }
}
