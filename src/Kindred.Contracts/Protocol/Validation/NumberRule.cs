using System.Text.Json;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>A JSON number, finite as a double; or as a float where <see cref="SinglePrecision"/> says so.</summary>
public sealed class NumberRule(string name) : ShapeRule(name)
{
    public double Min { get; init; } = double.NegativeInfinity;
    public double Max { get; init; } = double.PositiveInfinity;
    public bool SinglePrecision { get; init; }

    internal override void Check(ref Utf8JsonReader reader, RequestCheck check)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            RefuseType(ref reader, check, "a number");
        }
        else if (!TryRead(ref reader, out var value))
        {
            check.Fault(NumberText.Of(ref reader), $"Member must be a finite number that fits a {(SinglePrecision ? "32" : "64")}-bit float");
        }
        else if (value < Min)
        {
            check.Fault(NumberText.Of(ref reader), FormattableString.Invariant($"Member must have value greater than or equal to {Min}"));
        }
        else if (value > Max)
        {
            check.Fault(NumberText.Of(ref reader), FormattableString.Invariant($"Member must have value less than or equal to {Max}"));
        }
    }

    private bool TryRead(ref Utf8JsonReader reader, out double value)
    {
        if (!SinglePrecision) return reader.TryGetDouble(out value) && double.IsFinite(value);
        var fits = reader.TryGetSingle(out var single) && float.IsFinite(single);
        value = single;
        return fits;
    }
}
