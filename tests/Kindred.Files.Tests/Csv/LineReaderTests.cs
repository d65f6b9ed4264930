using System.Text;
using CsCheck;
using Kindred.Files.Csv;

namespace Kindred.Files.Tests.Csv;

public sealed class LineReaderTests
{
    [Fact]
    public Task MoveNext_TextInAnyPieces_GivesItsLines() =>
        Gen.Select(Gen.Char["ab\n\n"].Array[0, 400], Gen.Int[1, 50]).SampleAsync(async (text, piece) =>
    {
        var whole = new string(text);
        var expected = whole.EndsWith('\n') ? whole[..^1].Split('\n') : whole.Length == 0 ? [] : whole.Split('\n');
        var reader = new LineReader(new Pieces(Encoding.UTF8.GetBytes(whole), piece));

        var lines = new List<string>();
        while (await reader.MoveNextAsync(default)) lines.Add(Encoding.UTF8.GetString(reader.Line));

        Assert.Equal(expected, lines);
        Assert.Equal(lines.Count, reader.Number);
        Assert.False(reader.MoveNext()); // asked once more, it is still at the end
    });

    [Fact]
    public Task MoveNext_LinesAroundTheLimit_KeepsTheBeginningOfThoseBeyond() =>
        Gen.Select(Gen.Int[0, 12_000].Array[1, 12], Gen.Int[1, 9_000]).SampleAsync(async (lengths, piece) =>
    {
        const int Limit = 6_000;
        var text = string.Join('\n', lengths.Select((length, i) => new string((char)('a' + i), length)));
        var reader = new LineReader(new Pieces(Encoding.UTF8.GetBytes(text), piece), Limit);

        var seen = new List<string>();
        while (await reader.MoveNextAsync(default))
            seen.Add($"{reader.IsOverlong} {reader.Line.Length} {(reader.Line.IsEmpty ? '-' : (char)reader.Line[^1])}");

        var expected = lengths.Select((length, i) =>
            $"{length > Limit} {(length > Limit ? LineReader.KeptOfOverlongLine : length)} {(length == 0 ? '-' : (char)('a' + i))}")
            .ToList();
        if (lengths[^1] == 0) expected.RemoveAt(expected.Count - 1); // a last line without text is no line
        Assert.Equal(expected, seen);
    }, iter: 100);

    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
