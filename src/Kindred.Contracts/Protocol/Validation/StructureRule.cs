using System.Text.Json;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>A JSON object with known members. Unknown ones are passed over, because clients may be newer than we are.</summary>
public sealed class StructureRule : ShapeRule
{
    /// <param name="members">At most 64: which ones were seen is kept in one word.</param>
    public StructureRule(string name, params MemberRule[] members) : base(name)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(members.Length, 64);
        Members = members;
    }

    public IReadOnlyList<MemberRule> Members { get; }

    internal override void Check(ref Utf8JsonReader reader, RequestCheck check)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            RefuseType(ref reader, check, "an object");
            return;
        }

        ulong seen = 0;
        ulong given = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var index = IndexOf(ref reader, check);
            reader.Read();
            if (index < 0)
            {
                reader.Skip();
                continue;
            }

            check.Enter(Members[index].Name);
            if ((seen & (1UL << index)) != 0) check.Fault(null, "Member must be given only once");
            seen |= 1UL << index;

            // As for every AWS SDK, null is the same as absent.
            if (reader.TokenType != JsonTokenType.Null)
            {
                given |= 1UL << index;
                Members[index].Shape.Check(ref reader, check);
            }

            check.Leave();
        }

        for (var i = 0; i < Members.Count; i++)
        {
            if (!Members[i].Required || (given & (1UL << i)) != 0) continue;
            check.Enter(Members[i].Name);
            check.FaultNull();
            check.Leave();
        }
    }

    private int IndexOf(ref Utf8JsonReader reader, RequestCheck check)
    {
        // A name with a lone surrogate is no text: whatever reads the request after us would fail on it.
        if (reader.ValueIsEscaped && !JsonText.TryRead(ref reader, out _))
        {
            check.Fault(null, "Member names must be valid Unicode text");
            return -1;
        }
        for (var i = 0; i < Members.Count; i++)
        {
            if (reader.ValueTextEquals(Members[i].Utf8Name)) return i;
        }

        return -1;
    }
}
