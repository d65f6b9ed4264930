using System.Buffers;
using System.Text.Json;
using Kindred.Serving.Batches;
using Kindred.Serving.Caching;
using Kindred.Serving.Groups;
using Kindred.Testing.Fuzzing;

namespace Kindred.Serving.Tests.Batches;

/// <summary>Whatever stands in a line, one line of JSON comes back, with an answer or with the reason why there is none.</summary>
public sealed class BatchLineFuzzTests
{
    private const int Inputs = 1_000_000;

    private static readonly string[] Right =
    [
        """{"userId":"4638"}""", """{"itemId":"105","filterValues":{"GENRES":"\"horror\",\"comedy\""}}""",
        """{"userId":"891","itemList":["27","a","ü"],"context":{"DEVICE":"phone"}}""",
        """{"itemAttributes":"ITEMS.genres = \"Comedy\" AND ITEMS.year = 1995"}""", """{"userId":"\ud83d\ude00","x":[[[{"y":null}]]]}""", "[]", "7",
    ];

    private static readonly JsonDamage Damage = new(
        ["userId", "itemId", "itemList", "itemAttributes", "filterValues", "context", "GENRES", "recommendedItems", "input", "error"],
        [
            "\"4638\"", "\"\u00fc\"", "[\"27\",\"a\"]", "[1,null]", "\"\\\"horror\\\"\"", "\"ITEMS.genres = \\\"Comedy\\\"\"",
            """{"GENRES":"\"a\",\"b\""}""", """{"DEVICE":"phone","x":1}""", $"\"{new string('x', 257)}\"",
        ]);

    [Fact]
    public void Answer_AMillionBrokenLines_GivesALineOfJsonForEach()
    {
        using var round = new BatchRound(new Borrowed<GroupView>(new Shared<GroupView>(null!, static _ => { })), new Echo());
        var (output, answered) = (new ArrayBufferWriter<byte>(), 0);
        foreach (var seed in FuzzRuns.Seeds(Inputs))
        {
            byte[] line = [.. Damage.Of(Right[seed % Right.Length], seed).Where(static c => c is not (byte)'\n')];
            output.Clear();
            var isAnswered = round.Answer(line, isOverlong: seed % 50 == 0, output);

            var written = output.WrittenSpan;
            Assert.Equal(written.Length - 1, written.IndexOf((byte)'\n'));
            answered += isAnswered ? 1 : 0;
            if (seed % 10 != 0 && isAnswered) continue; // most of the time goes into the line, not into the check
            using var answer = JsonDocument.Parse(output.WrittenMemory[..^1]);
            Assert.True(answer.RootElement.TryGetProperty("input", out _));
            Assert.Equal(isAnswered, answer.RootElement.GetProperty("error").ValueKind is JsonValueKind.Null);
        }
        Assert.True(answered > 100, $"{answered} answered");
    }

    private sealed class Echo : BatchSubject
    {
        public override string ListName => "recommendedItems";

        public override IBatchAnswer Answer(BatchLine line) => new Asked(line);
    }

    private sealed class Asked(BatchLine line) : IBatchAnswer
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartArray("recommendedItems");
            json.WriteStringValue(line.UserId);
            foreach (var item in line.ItemList ?? []) json.WriteStringValue(item);
            json.WriteEndArray();
        }

        public void Dispose() { }
    }
}
