using System.Globalization;
using System.Text;
using Kindred.Storage.Import;
using Kindred.Storage.Schemas;
using Kindred.Storage.Snapshots;
using Kindred.Storage.Tests.Import;
using Kindred.Storage.Tests.Schemas;

namespace Kindred.Storage.Tests.Snapshots;

public sealed class CodedColumnTests : IDisposable
{
    private const string Header = "ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP,NUMBER_OF_RATINGS,DESCRIPTION\n";
    private const int Genres = 0;
    private const int Price = 1;
    private static readonly ParsedSchema Schema = ParsedSchema.Parse(SchemaTexts.Items);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Codes_SeveralCategoriesInOneValue_AreTheDistinctParts()
    {
        using var items = await BuildAsync("a,Comedy| Drama |Comedy,1.5,100,7,text\nb,,,,,\nc,Drama,2,,,\n");
        var genres = items.Categories(Genres)!;

        Assert.Equal(["Comedy", "Drama"], genres.Values);
        Assert.Equal([0, 1], genres.Codes(0).ToArray());
        Assert.Empty(genres.Codes(1).ToArray());
        Assert.Equal([1], genres.Codes(2).ToArray());
        Assert.Equal([1.5, double.NaN, 2], [.. Enumerable.Range(0, 3).Select(row => items.Numbers(Price)![row])]);
        Assert.Equal(7, items.Numbers(3)![0]);
        Assert.Null(items.Categories(4)); // free text has no codes
        Assert.Null(items.Numbers(Genres));
        Assert.Null(items.Categories(Price));
    }

    /// <summary>Around the ends of words, and against the values as text.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_000)]
    public async Task Match_EveryNumberOfRecords_AgreesWithTheValues(int count)
    {
        var random = new Random(count);
        var csv = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var genres = string.Join('|', Enumerable.Range(0, random.Next(4)).Select(_ => $"g{random.Next(100)}"));
            var price = random.Next(5) == 0 ? "" : random.Next(20).ToString(CultureInfo.InvariantCulture);
            csv.Append(CultureInfo.InvariantCulture, $"i{i},{genres},{price},,,\n");
        }
        using var items = await BuildAsync(csv.ToString());
        var (categories, numbers) = (items.Categories(Genres)!, items.Numbers(Price)!);
        var wanted = new ulong[(categories.Values.Count + 63) / 64];
        for (var code = 0; code < categories.Values.Count; code += 3) wanted[code >> 6] |= 1UL << (code & 63);
        var (ofWanted, between) = (new ulong[(count + 63) / 64], new ulong[(count + 63) / 64]);

        categories.Match(wanted, ofWanted);
        numbers.Match(5, Math.BitDecrement(12), between);
        var (both, without) = (between.ToArray(), between.ToArray());
        categories.Narrow(wanted, isNegated: false, both);
        categories.Narrow(wanted, isNegated: true, without);

        for (var row = 0; row < count; row++)
        {
            var parts = (items.Value(row, Genres) ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(parts.Any(part => categories.Values.TryFind(part, out var code) && code % 3 == 0), Has(ofWanted, row));
            Assert.Equal(
                items.Value(row, Price) is { } price && double.Parse(price, CultureInfo.InvariantCulture) is >= 5 and < 12,
                Has(between, row));
            Assert.Equal(Has(between, row) && Has(ofWanted, row), Has(both, row));
            Assert.Equal(Has(between, row) && !Has(ofWanted, row), Has(without, row));
        }
        for (var row = count; row < ofWanted.Length * 64; row++) Assert.False(Has(ofWanted, row) || Has(between, row));
    }

    [Fact]
    public async Task Build_MoreDistinctTextsThanMemoryMayHold_TheWidestColumnStaysPlain()
    {
        // Titles come first and take the most; the brands, which come later, are what does not fit any more.
        var csv = string.Concat(Enumerable.Range(0, 500).Select(i =>
            $"i{i},{(i < 100 ? $"a unique text {i}" : "none")},g{i % 5},b{Math.Clamp(i, 99, 200)}\n"));
        var schema = ParsedSchema.Parse(SchemaTexts.Of("Items",
            """{"name":"ITEM_ID","type":"string"}""", """{"name":"TITLE","type":["null","string"]}""",
            """{"name":"GENRE","type":["null","string"],"categorical":true}""", """{"name":"BRAND","type":["null","string"]}"""));
        var segment = await SegmentAsync(schema, "ITEM_ID,TITLE,GENRE,BRAND\n" + csv);

        new ItemCatalogBuilder(schema, new SnapshotMemory(long.MaxValue), mostCodedBytes: 6_000).Build(_folder.At("i.kds"), [segment], default);

        using var items = ItemCatalog.Open(_folder.At("i.kds"));
        Assert.Null(items.Categories(0));
        Assert.Equal("a unique text 99", items.Value(99, 0));
        Assert.Equal(["g0", "g1", "g2", "g3", "g4"], items.Categories(1)!.Values);
        Assert.Equal(500, Enumerable.Range(0, 500).Count(row => items.Categories(2)!.Codes(row).Length == 1));
        Assert.Equal(["i.kds"], Directory.GetFiles(_folder.Path, "i.kds*").Select(Path.GetFileName)); // nothing temporary is left
    }

    [Fact]
    public async Task Open_FileOfTheReleaseBefore_HasItsValuesAndNoCodes()
    {
        (await BuildAsync("a,Comedy,1.5,100,7,text\nb,,,,,\n")).Dispose();
        var bytes = await File.ReadAllBytesAsync(_folder.At("i.kds"));
        var header = SnapshotHeader.Decode(bytes, bytes.Length, "i.kds");
        // Version 1 is version 2 without its last two sections.
        var end = header.Sections[9].Offset;
        var older = new SnapshotHeader { Kind = header.Kind, Version = 1, Sections = [.. header.Sections.Take(9)] }.Encode(end);
        await File.WriteAllBytesAsync(_folder.At("old.kds"), [.. older, .. bytes[older.Length..(int)end]]);

        using var items = ItemCatalog.Open(_folder.At("old.kds"));

        Assert.Equal(("Comedy", "1.5", 100L), (items.Value(0, Genres), items.Value(0, Price), items.CreationTimestamp(0)));
        Assert.True(items.TryGet("b", out var b) && items.Value(b, Genres) is null);
        Assert.Null(items.Categories(Genres));
        Assert.Null(items.Numbers(Price));
    }

    [Fact]
    public async Task Match_AfterDispose_Throws()
    {
        var items = await BuildAsync("a,Comedy,1.5,100,7,text\n");
        var (categories, numbers) = (items.Categories(Genres)!, items.Numbers(Price)!);

        items.Dispose();

        Assert.Throws<ObjectDisposedException>(() => categories.Match([1], new ulong[1]));
        Assert.Throws<ObjectDisposedException>(() => numbers.Match(0, 1, new ulong[1]));
    }

    private static bool Has(ulong[] bits, int row) => (bits[row >> 6] >> (row & 63) & 1) != 0;

    private async Task<ItemCatalog> BuildAsync(string rows)
    {
        ItemCatalog.Build(_folder.At("i.kds"), Schema, [await SegmentAsync(Schema, Header + rows)], default);
        return ItemCatalog.Open(_folder.At("i.kds"));
    }

    private async Task<string> SegmentAsync(ParsedSchema schema, string csv)
    {
        var job = Importing.Job(_folder, Importing.Text(csv)) with { DatasetType = "ITEMS", Schema = schema };
        var outcome = await CsvImporter.ImportAsync(job, null, default);
        Assert.Equal(0, outcome.BadRows);
        return _folder.At(outcome.Segments[0].Path);
    }

    public void Dispose() => _folder.Dispose();
}
