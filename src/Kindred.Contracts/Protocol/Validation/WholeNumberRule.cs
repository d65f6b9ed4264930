using System.Text.Json;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>A JSON number that is a whole 32-bit one, written without fraction or exponent.</summary>
public sealed class WholeNumberRule(string name) : ShapeRule(name)
{
    public int Min { get; init; } = int.MinValue;
    public int Max { get; init; } = int.MaxValue;

    internal override void Check(ref Utf8JsonReader reader, RequestCheck check)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            RefuseType(ref reader, check, "a whole number");
        }
        else if (!reader.TryGetInt32(out var value))
        {
            check.Fault(NumberText.Of(ref reader), $"Member must be a whole number from {int.MinValue} to {int.MaxValue}");
        }
        else if (value < Min)
        {
            check.Fault(NumberText.Of(ref reader), $"Member must have value greater than or equal to {Min}");
        }
        else if (value > Max)
        {
            check.Fault(NumberText.Of(ref reader), $"Member must have value less than or equal to {Max}");
        }
    }
}
