using Kindred.Contracts.Datasets;
using Kindred.Storage.Import;
using Kindred.Storage.Schemas;
using Kindred.Storage.Snapshots;
using Kindred.Storage.Tests.Import;
using Kindred.Storage.Tests.Schemas;

namespace Kindred.Storage.Tests.Snapshots;

public sealed class ItemCatalogTests
{
    private const string Header = "ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP,NUMBER_OF_RATINGS,DESCRIPTION\n";
    private static readonly ParsedSchema Schema = ParsedSchema.Parse(SchemaTexts.Items);

    [Fact]
    public async Task Build_RepeatedIds_TheNewestRowWins()
    {
        using var folder = new TemporaryFolder();
        var text = new string('d', 5_000);
        string[] segments =
        [
            await SegmentAsync(folder, $"{Header}a,Comedy|Drama,1.5,100,,old\nb,,2,,3,{text}\na,Horror,,200,,\n"),
            await SegmentAsync(folder, $"{Header}c,Comedy,,,,\"l'été, \\\"chaud\\\"\"\nb,Comedy,9,,4,\n"),
        ];

        ItemCatalog.Build(folder.At("i.kds"), Schema, segments, default);

        using var items = ItemCatalog.Open(folder.At("i.kds"));
        Assert.Equal(["GENRES", "PRICE", "CREATION_TIMESTAMP", "NUMBER_OF_RATINGS", "DESCRIPTION"], items.Columns);
        Assert.Equal(3, items.Count);
        Assert.Equal("Horror||200||", Row(items, "a"));
        Assert.Equal("Comedy|9||4|", Row(items, "b"));
        Assert.Equal("Comedy||||l'été, \"chaud\"", Row(items, "c"));
        Assert.Equal([200L, null, null], new[] { "a", "b", "c" }.Select(id => items.TryGet(id, out var i) ? items.CreationTimestamp(i) : -1));
        Assert.False(items.TryGet("d", out _));
    }

    [Fact]
    public async Task Build_LongText_ComesBackWhole()
    {
        using var folder = new TemporaryFolder();
        var text = string.Concat(Enumerable.Repeat("été ", 6_000));

        ItemCatalog.Build(folder.At("i.kds"), Schema, [await SegmentAsync(folder, $"{Header}a,,,,,{text}\n")], default);

        using var items = ItemCatalog.Open(folder.At("i.kds"));
        Assert.Equal(text[..20_000], items.Value(0, 4));
    }

    [Fact]
    public async Task DatasetSnapshots_ItemsManifest_IsBuiltFromAllSegments()
    {
        using var folder = new TemporaryFolder();
        var job = Importing.Job(folder, Importing.Text($"{Header}a,Comedy,,,,\n")) with { DatasetType = "ITEMS", Schema = Schema };
        var first = await CsvImporter.ImportAsync(job, null, default);
        var second = await CsvImporter.ImportAsync(job with { Sources = [Importing.Text($"{Header}a,Drama,,,,\n")] }, null, default);
        var dataset = new DatasetData
        {
            DatasetArn = Contracts.Arns.Arn.Dataset("us-east-1", "123456789012", "shop", "ITEMS"),
            DatasetType = "ITEMS",
            Schema = SchemaTexts.Items,
            // Streamed before bulk in the manifest, but the bulk segment is the newer one.
            StreamedSegments = first.Segments,
            BulkSegments = second.Segments,
        };

        using var items = ItemCatalog.Open(folder.At(await DatasetSnapshots.BuildAsync(job.Artifacts, job.DatasetGroupArn, dataset, default)));

        Assert.Equal("Drama", items.Value(0, 0));
    }

    private static string Row(ItemCatalog items, string id)
    {
        Assert.True(items.TryGet(id, out var index));
        Assert.Equal(id, items.Id(index));
        return string.Join('|', Enumerable.Range(0, items.Columns.Count).Select(c => items.Value(index, c)));
    }

    private static async Task<string> SegmentAsync(TemporaryFolder folder, string csv)
    {
        var outcome = await CsvImporter.ImportAsync(
            Importing.Job(folder, Importing.Text(csv)) with { DatasetType = "ITEMS", Schema = Schema }, null, default);
        Assert.Equal(0, outcome.BadRows);
        return folder.At(outcome.Segments[0].Path);
    }
}
