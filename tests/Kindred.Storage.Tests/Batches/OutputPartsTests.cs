using System.Text;
using Kindred.Files.Csv;
using Kindred.Storage.Batches;
using Kindred.Testing;

namespace Kindred.Storage.Tests.Batches;

/// <summary>An output that is made by attempts which end anywhere has every line of its input once, in its order.</summary>
public sealed class OutputPartsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task Content_AfterAttemptsThatDiedAnywhere_HasEveryLineOnce(int seed)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, 500).Select(i => random.Next(10) == 0 ? "" : $"{i}{new string('x', random.Next(40))}").ToArray();
        var input = Encoding.UTF8.GetBytes("\uFEFF" + string.Join(random.Next(2) == 0 ? "\n" : "\r\n", lines));
        var made = new Dictionary<string, int>();

        OutputParts parts;
        do parts = await AttemptAsync(input, made, diesAfter: random.Next(1, 9));
        while (parts.Lines < lines.Count(line => line.Length > 0));

        using var content = new StreamReader(parts.Content());
        Assert.Equal(lines.Where(line => line.Length > 0), (await content.ReadToEndAsync()).TrimEnd('\n').Split('\n'));
        Assert.All(made.Values, times => Assert.Equal(1, times)); // no line was answered twice
        Assert.Equal(parts.Taken.Sum(part => part.Refused), parts.Refused);
    }

    [Fact]
    public async Task TryTake_OfAnInputThatHasChanged_TakesNothingOfTheChangedLines()
    {
        var made = new Dictionary<string, int>();
        await AttemptAsync("a\nb\nc\nd\n"u8.ToArray(), made, diesAfter: 9, linesPerChunk: 2);

        var parts = await AttemptAsync("a\nb\nC\nd\n"u8.ToArray(), made, diesAfter: 9, linesPerChunk: 2);

        using var content = new StreamReader(parts.Content());
        Assert.Equal("a\nb\nC\nd\n", await content.ReadToEndAsync());
        Assert.Equal((1, 2), (made["a"], made["d"]));
    }

    [Fact]
    public async Task Open_ForOneOfTwoInputs_FindsItsOwnPartsAlone()
    {
        var made = new Dictionary<string, int>();
        await AttemptAsync("a\nb\n"u8.ToArray(), made, diesAfter: 9, source: "s3://b/one");

        Assert.False(OutputParts.Open(_folder.Path, "s3://b/two").TryTake(1, OutputParts.DigestOf("a\nb\n"u8)));
        Assert.True(OutputParts.Open(_folder.Path, "s3://b/one").TryTake(1, OutputParts.DigestOf("a\nb\n"u8)));
    }

    /// <summary>Echoes lines in parts; dies after so many new ones.</summary>
    private async Task<OutputParts> AttemptAsync(
        byte[] input, Dictionary<string, int> made, int diesAfter, int linesPerChunk = 7, string source = "s3://b/in")
    {
        var parts = OutputParts.Open(_folder.Path, source);
        var reader = new LineReader(new MemoryStream(input), maxLineBytes: 1 << 20);
        var chunk = new LineChunk(linesPerChunk, maxBytes: 100);
        while (await chunk.ReadAsync(reader, CancellationToken.None))
        {
            if (parts.TryTake(chunk.FirstLine, chunk.Digest)) continue;
            if (diesAfter-- == 0) return parts;
            var lines = Enumerable.Range(0, chunk.Count).Select(line => Encoding.UTF8.GetString(chunk.Line(line).Span)).ToArray();
            foreach (var line in lines) made[line] = made.GetValueOrDefault(line) + 1;
            parts.Add(chunk.FirstLine, chunk.Count, refused: 1, chunk.Digest,
                file => file.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))), CancellationToken.None);
        }
        return parts;
    }
}
