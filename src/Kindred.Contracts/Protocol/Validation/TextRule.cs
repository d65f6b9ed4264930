using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>A JSON string. Lengths count Unicode code points; a pattern must match the whole value.</summary>
public sealed class TextRule(string name) : ShapeRule(name)
{
    private const int MaxNestedDepth = 16;
    private const int StackChars = 256;

    public int MinLength { get; init; }
    public int MaxLength { get; init; } = int.MaxValue;
    public ValuePattern? Pattern { get; init; }
    /// <summary>The only values allowed; empty when any is.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
    /// <summary>The string holds a JSON object.</summary>
    public bool HoldsJson { get; init; }
    /// <summary>The string names a resource of this service, so the door checks whose it is.</summary>
    public bool IsArn { get; init; }

    internal override void Check(ref Utf8JsonReader reader, RequestCheck check)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            RefuseType(ref reader, check, "a string");
            return;
        }

        // Most values are plain, short and unconstrained but for their length: those are done without a copy.
        if (!reader.ValueIsEscaped && Values.Count == 0 && !HoldsJson && !IsArn)
        {
            CheckPlain(reader.ValueSpan, check);
            return;
        }

        if (JsonText.TryRead(ref reader, out var text))
        {
            CheckText(text, check);
            if (IsArn) check.NoteArn(text);
        }
        else
        {
            check.Fault(null, "Member must be valid Unicode text");
        }
    }

    internal void CheckText(string text, RequestCheck check)
    {
        CheckLength(JsonText.CodePoints(text), text, check);
        if (text.Contains('\0')) check.Fault(Shown(text), "Member must not contain the NUL character");
        if (Pattern is { } pattern && !pattern.Matches(text)) check.Fault(Shown(text), pattern.Constraint);
        if (Values.Count > 0 && !Values.Contains(text))
            check.Fault(Shown(text), $"Member must satisfy enum value set: [{string.Join(", ", Values)}]");
        if (HoldsJson && !JsonText.IsObject(text, MaxNestedDepth)) check.Fault(null, "Member must be a JSON object encoded as a string");
    }

    private void CheckPlain(ReadOnlySpan<byte> utf8, RequestCheck check)
    {
        // Counting is only needed when the number of bytes leaves the answer open.
        if (utf8.Length > MaxLength || utf8.Length < MinLength * 4L)
        {
            var length = JsonText.CodePoints(utf8);
            if (length > MaxLength || length < MinLength) CheckLength(length, Encoding.UTF8.GetString(utf8), check);
        }

        if (Pattern is { } pattern && !Matches(pattern, utf8)) check.Fault(Shown(Encoding.UTF8.GetString(utf8)), pattern.Constraint);
    }

    private static bool Matches(ValuePattern pattern, ReadOnlySpan<byte> utf8)
    {
        var rented = utf8.Length > StackChars ? ArrayPool<char>.Shared.Rent(utf8.Length) : null;
        try
        {
            var chars = rented ?? stackalloc char[StackChars];
            return pattern.Matches(chars[..Encoding.UTF8.GetChars(utf8, chars)]);
        }
        finally
        {
            if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        }
    }

    private void CheckLength(int length, string text, RequestCheck check)
    {
        if (length > MaxLength) check.Fault(Shown(text), $"Member must have length less than or equal to {MaxLength}");
        if (length < MinLength) check.Fault(Shown(text), $"Member must have length greater than or equal to {MinLength}");
    }

    private string? Shown(string text) => Sensitive ? null : text;
}
