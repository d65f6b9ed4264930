using System.Text.Json;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>A JSON number of seconds since 1970-01-01T00:00:00Z. Text, ISO 8601 included, is not a timestamp of this contract.</summary>
public sealed class TimestampRule(string name) : ShapeRule(name)
{
    internal override void Check(ref Utf8JsonReader reader, RequestCheck check)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            RefuseType(ref reader, check, "a number of seconds since 1970-01-01T00:00:00Z");
        }
        else if (!reader.TryGetDouble(out var seconds) || seconds is not (>= 0 and <= EpochSecondsConverter.MaxSeconds))
        {
            check.Fault(NumberText.Of(ref reader), FormattableString.Invariant(
                $"Member must be a number of seconds since 1970-01-01T00:00:00Z from 0 to {EpochSecondsConverter.MaxSeconds:F0}"));
        }
    }
}
