using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Caching;
using Kindred.Serving.Groups;
using Kindred.Serving.Recommendations;

namespace Kindred.Serving.Batches;

/// <summary>Answers lines with the data of a group as they were when the round began. Safe for any number of threads.</summary>
public sealed class BatchRound : IDisposable
{
    private const int ShownOfWrongLine = 200;
    private const string Blame = "User error: ";

    // Parsed lines are echoed as they came, and ids are text of the client's own: nothing of this is ever part of a page.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Borrowed<GroupView> _group;
    private readonly BatchSubject _subject;

    internal BatchRound(Borrowed<GroupView> group, BatchSubject subject) => (_group, _subject) = (group, subject);

    /// <summary>Answers one line with one line of JSON, the line break included.</summary>
    /// <param name="line">Without its line break.</param>
    /// <param name="isOverlong">It is only the beginning of the line, which is too long.</param>
    /// <returns>False for a line that cannot be answered; what is written says why.</returns>
    public bool Answer(ReadOnlyMemory<byte> line, bool isOverlong, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var fault = TryAnswer(line, isOverlong, output);
        if (fault is not null) Refuse(line, fault, output);
        output.Write("\n"u8);
        return fault is null;
    }

    public void Dispose() => _group.Dispose();

    /// <returns>Why nothing was written; null when the answer was.</returns>
    private string? TryAnswer(ReadOnlyMemory<byte> line, bool isOverlong, IBufferWriter<byte> output)
    {
        if (isOverlong) return $"the line is longer than {BatchLimits.MaxLineBytes} bytes.";
        if (!Utf8.IsValid(line.Span)) return "the line is not valid UTF-8.";
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind is not JsonValueKind.Object) return "the line is not a JSON object.";
            var asked = BatchLine.Read(json.RootElement);
            using var answer = _subject.Answer(asked);
            using var writer = new Utf8JsonWriter(output, Writing);
            writer.WriteStartObject();
            Echo(line, asked, writer);
            writer.WriteStartObject("output");
            answer.Write(writer);
            writer.WriteEndObject();
            writer.WriteNull("error");
            writer.WriteEndObject();
            return null;
        }
        catch (JsonException wrong)
        {
            return $"the line is not JSON: {wrong.Message}";
        }
        catch (RefusedException refused)
        {
            return refused.Message;
        }
    }

    private void Refuse(ReadOnlyMemory<byte> line, string fault, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, Writing);
        writer.WriteStartObject();
        if (IsObject(line)) Echo(line, null, writer);
        else writer.WriteString("input", Encoding.UTF8.GetString(line.Span[..Math.Min(line.Length, ShownOfWrongLine)]));
        writer.WriteStartObject("output");
        writer.WriteStartArray(_subject.ListName);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteString("error", Blame + fault);
        writer.WriteEndObject();
    }

    private static void Echo(ReadOnlyMemory<byte> line, BatchLine? asked, Utf8JsonWriter writer)
    {
        // The guide shows segments by attributes with the query beside the output, other answers with the input as a whole.
        if (asked?.ItemAttributes is { } attributes) writer.WriteString("itemAttributes", attributes);
        writer.WritePropertyName("input");
        writer.WriteRawValue(line.Span, skipInputValidation: true);
    }

    private static bool IsObject(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span)) return false;
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false; // cut off, or never any
        }
    }
}
