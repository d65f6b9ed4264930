using System.IO.Compression;
using System.Text;
using CsCheck;
using Kindred.Files.Csv;

namespace Kindred.Files.Tests.Csv;

public sealed class CsvReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.Char["ab,\" |ü€;\t\n"].Array[1, 8].Select(chars => new string(chars)),
        Gen.Const("😀 snow"), Gen.Const(""), Gen.Int.Select(i => i.ToString()),
        Gen.Char.AlphaNumeric.Array[1, 200].Select(chars => new string(chars)));

    [Fact]
    public void Read_TablesWrittenInAnyStyle_GivesTheirValuesBack() => Gen
        .Select(Gen.Select(Value, Value).Array[1, 20], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int)
        .Sample((rows, carriageReturn, lastNewline, mark, isCompressed, seed) =>
        {
            var random = new Random(seed);
            var newline = carriageReturn ? "\r\n" : "\n";
            var text = (mark ? "\uFEFF" : "") + "A,\"B\",C" + newline
                + string.Join(newline, rows.Select(row => $"{Spell(row.Item1, random)},{Spell(row.Item2, random)},x")) + (lastNewline ? newline : "");

            var read = ReadAll(Write(text, isCompressed));

            Assert.Equal(rows.Select(row => $"{row.Item1}\u0001{row.Item2}\u0001x"), read);
        }, iter: 300, threads: 1);

    [Fact]
    public void Read_RecordsAcrossTheBuffersEnd_AreWhole()
    {
        // 3 MB of records of all lengths, so that a buffer of 1 MiB ends inside fields, quotes and line breaks.
        var random = new Random(1);
        var values = Enumerable.Range(0, 40_000)
            .Select(i => new string((char)('a' + i % 26), random.Next(150)) + (i % 3 == 0 ? "\"\n," : "")).ToList();
        var text = "A,B\n" + string.Concat(values.Select(value => $"{Spell(value, random)},1\r\n"));

        var read = ReadAll(Write(text, isCompressed: false));

        Assert.Equal(values.Select(value => value + "\u00011"), read);
    }

    [Fact]
    public void Read_BackslashBeforeAQuote_IsAQuoteInsideAValueOnly()
    {
        var read = ReadAll(Write("A,B\n\"say \\\"hi\\\"\",\"C:\\\"\n", isCompressed: false));

        Assert.Equal(["say \"hi\"\u0001C:\\"], read);
    }

    [Fact]
    public void Read_FaultyRecord_IsNamedByItsLine()
    {
        using var csv = CsvReader.Open(Write("A,B\n\"one\ntwo\",2\n\n3\n", isCompressed: false), CsvFormat.DataFrame);
        Assert.True(csv.Read());

        var fault = Assert.Throws<CsvException>(() => csv.Read());

        Assert.Contains("line 5: there is 1 field where the header has 2.", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static List<string> ReadAll(string path)
    {
        using var csv = CsvReader.Open(path, CsvFormat.DataFrame);
        var rows = new List<string>();
        while (csv.Read())
            rows.Add(string.Join('\u0001', Enumerable.Range(0, csv.FieldCount).Select(field => Encoding.UTF8.GetString(csv.Field(field)))));
        return rows;
    }

    private string Write(string text, bool isCompressed)
    {
        var path = _folder.At($"{Guid.NewGuid():N}.csv");
        using Stream file = isCompressed ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path);
        file.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    private static string Spell(string value, Random random)
    {
        var mustQuote = value.AsSpan().IndexOfAny(",\"\n;\t") >= 0 || value.Length == 0;
        return !mustQuote && random.Next(2) == 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
