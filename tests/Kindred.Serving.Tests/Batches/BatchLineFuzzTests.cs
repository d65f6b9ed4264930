using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Kindred.Serving.Batches;
using Kindred.Serving.Caching;
using Kindred.Serving.Groups;

namespace Kindred.Serving.Tests.Batches;

/// <summary>Whatever stands in a line, one line of JSON comes back, with an answer or with the reason why there is none.</summary>
public sealed class BatchLineFuzzTests
{
    private const int Inputs = 1_000_000;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    private static readonly string[] Seeds =
    [
        """{"userId":"4638"}""", """{"itemId":"105","filterValues":{"GENRES":"\"horror\",\"comedy\""}}""",
        """{"userId":"891","itemList":["27","a","ü"],"context":{"DEVICE":"phone"}}""",
        """{"itemAttributes":"ITEMS.genres = \"Comedy\" AND ITEMS.year = 1995"}""", """{"userId":"\ud83d\ude00","x":[[[{"y":null}]]]}""", "[]", "",
    ];

    private static readonly byte[][] Pieces =
        [.. new[] { "\"", "\\", "{", "}", "[", "]", ":", ",", "null", "userId", "\\u", "\\ud800", "1e999", "\u0000", "\u2028", "\ufeff" }
            .Select(Encoding.UTF8.GetBytes), [0xFF], [0xC3], [0x80]];

    [Fact]
    public void Answer_AMillionBrokenLines_GivesALineOfJsonForEach()
    {
        using var round = new BatchRound(new Borrowed<GroupView>(new Shared<GroupView>(null!, static _ => { })), new Echo());
        var (random, output, clock, tried) = (new Random(17), new ArrayBufferWriter<byte>(), Stopwatch.StartNew(), 0);

        for (; tried < Inputs && clock.Elapsed < Most; tried++)
        {
            var line = Mutate(random);
            output.Clear();
            var isAnswered = round.Answer(line, isOverlong: random.Next(50) == 0, output);

            var written = output.WrittenSpan;
            Assert.Equal(written.Length - 1, written.IndexOf((byte)'\n'));
            if (tried % 10 != 0 && isAnswered) continue; // most of the time goes into the line, not into the check
            using var answer = JsonDocument.Parse(output.WrittenMemory[..^1]);
            Assert.True(answer.RootElement.TryGetProperty("input", out _));
            Assert.Equal(isAnswered, answer.RootElement.GetProperty("error").ValueKind is JsonValueKind.Null);
        }

        Assert.True(tried > Inputs / 10, $"Only {tried:N0} lines in {Most}."); // a machine that is busy tries fewer
    }

    private static byte[] Mutate(Random random)
    {
        var line = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]).ToList();
        for (var changes = random.Next(6); changes > 0; changes--)
        {
            var at = random.Next(line.Count + 1);
            switch (random.Next(3))
            {
                case 0:
                    line.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1 when at < line.Count:
                    line.RemoveRange(at, Math.Min(random.Next(1, 5), line.Count - at));
                    break;
                case 2 when at < line.Count:
                    line[at] = (byte)random.Next(256);
                    break;
                default: break;
            }
        }
        return [.. line.Where(c => c is not (byte)'\n')];
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
