using System.Text;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Export;
using Kindred.Storage.Import;
using Kindred.Storage.Schemas;
using Kindred.Testing;

namespace Kindred.Storage.Tests.Export;

/// <summary>What is imported, exported and imported again is what it was, whatever stands in its cells.</summary>
public sealed class CsvExporterTests : IDisposable
{
    private const string Schema =
        """
        {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"ITEM_ID","type":"string"},{"name":"GENRE","type":["string","null"],"categorical":true},
        {"name":"PRICE","type":["float","null"]},{"name":"NOTE","type":["null","string"]}],"version":"1.0"}
        """;

    private static readonly Arn Group = Arn.DatasetGroup("us-east-1", "111111111111", "shop");

    private readonly TemporaryFolder _data = new();
    private readonly LocalArtifactStore _artifacts;
    private int _exports;

    public CsvExporterTests() => _artifacts = new LocalArtifactStore(new StorageOptions { DataPath = _data.Path });

    public void Dispose() => _data.Dispose();

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task Export_OfWhatWasImported_IsImportedAgainAsTheSame(int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 400).Select(_ => (Id: $"i{random.Next(150)}", Cells: Cells(random))).ToArray();
        var csv = string.Concat(rows.Select(row => string.Join(',', row.Cells.Prepend(row.Id)) + "\n"));

        var first = await ImportAsync("ITEM_ID,GENRE,PRICE,NOTE\n" + csv);
        var (all, bulk) = (await ExportAsync(first, IngestionModes.All), await ExportAsync(first, IngestionModes.Bulk));
        var again = await ExportAsync(await ImportAsync(all), IngestionModes.All);

        Assert.Equal(Sorted(all), Sorted(again));
        // A naive reading of the rows: the newest of each id, and each different row.
        Assert.Equal(rows.Select(row => row.Id).Distinct().Count(), Lines(all).Length);
        Assert.Equal(rows.Select(row => (row.Id, string.Join('\u0001', row.Cells))).Distinct().Count(), Lines(bulk).Length);
        var newest = rows.Last(row => row.Id == rows[0].Id);
        Assert.Contains(string.Join(',', newest.Cells.Prepend(newest.Id)), Lines(all));
    }

    [Fact]
    public async Task Export_InSeveralParts_HasAHeaderInEach_AndEachRowOnce()
    {
        var rows = Enumerable.Range(0, 1_000).Select(i => $"i{i % 700},g,,\n");
        var dataset = await ImportAsync("ITEM_ID,GENRE,PRICE,NOTE\n" + string.Concat(rows));

        var exported = await CsvExporter.ExportAsync(Order(dataset, IngestionModes.All) with { RowsPerPart = 300 }, null, CancellationToken.None);

        Assert.Equal((4, 700), (exported.Parts.Count, exported.Rows));
        var texts = await Task.WhenAll(exported.Parts.Select(part => File.ReadAllLinesAsync(part)));
        Assert.All(texts, text => Assert.Equal("ITEM_ID,GENRE,PRICE,NOTE", text[0]));
        Assert.Equal(Enumerable.Range(0, 700).Select(i => $"i{i},g,,").Order(), texts.SelectMany(text => text[1..]).Order());
    }

    /// <summary>Cells as an export spells them.</summary>
    private static string[] Cells(Random random)
    {
        string[] notes = ["", "plain", "\"a,b\"", "\"say \\\"hi\\\"\"", "C:\\dir", "\"\\\\,\\\"\"", "ü€😀", " space ", "=1+1", "'", "\"ends in \\\\,\\\\\""];
        string[] genres = ["", "a|b", "\"x,y|z\"", "Drama"];
        string[] prices = ["", "1", "2.5", "1E-07"];
        return [genres[random.Next(genres.Length)], prices[random.Next(prices.Length)], notes[random.Next(notes.Length)]];
    }

    private static string[] Lines(string csv) => csv.TrimEnd('\n').Split('\n')[1..];

    private static string[] Sorted(string csv) => [.. csv.Split('\n').Order(StringComparer.Ordinal)];

    private async Task<DatasetData> ImportAsync(string csv)
    {
        var outcome = await CsvImporter.ImportAsync(
            new CsvImport
            {
                Artifacts = _artifacts, DatasetGroupArn = Group, Sequence = 1, DatasetType = DatasetTypes.Items,
                ImportJobArn = Arn.DatasetImportJob("us-east-1", "111111111111", "job"), Schema = ParsedSchema.Parse(Schema), MaxRefusedShare = 0,
                Sources = [new CsvSource("in.csv", _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(csv))))],
            },
            null, CancellationToken.None);
        return new DatasetData
        {
            DatasetArn = Arn.Dataset("us-east-1", "111111111111", "shop", DatasetTypes.Items), DatasetType = DatasetTypes.Items, Schema = Schema,
            BulkSegments = outcome.Segments,
        };
    }

    private CsvExport Order(DatasetData dataset, string mode) => new()
    {
        Artifacts = _artifacts, Dataset = dataset, IngestionMode = mode,
        Folder = Directory.CreateDirectory(Path.Combine(_data.Path, "outputs", $"{_exports++}")).FullName,
    };

    private async Task<string> ExportAsync(DatasetData dataset, string mode)
    {
        var exported = await CsvExporter.ExportAsync(Order(dataset, mode), null, CancellationToken.None);
        return await File.ReadAllTextAsync(Assert.Single(exported.Parts));
    }
}
