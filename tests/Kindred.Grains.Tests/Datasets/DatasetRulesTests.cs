using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Datasets;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;

namespace Kindred.Grains.Tests.Datasets;

public sealed class DatasetRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void PublishImport_Full_ReplacesBulkAndKeepsStreamed()
    {
        var published = DatasetRules.PublishImport(Dataset(), Import("new", replacesBulk: true), Now);

        Assert.Equal(["new"], published.Data.BulkSegments.Select(segment => segment.Path));
        Assert.Equal(["streamed"], published.Data.StreamedSegments.Select(segment => segment.Path));
        Assert.Equal((4, "snapshot-new"), (published.Data.Generation, published.Data.SnapshotPath));
    }

    [Fact]
    public void PublishImport_Incremental_Appends() =>
        Assert.Equal(
            ["old", "new"],
            DatasetRules.PublishImport(
                Dataset(), Import("new", replacesBulk: false), Now).Data.BulkSegments.Select(segment => segment.Path));

    [Fact]
    public void PublishImport_ASecondTime_ChangesNothing()
    {
        var once = DatasetRules.PublishImport(Dataset(), Import("new", replacesBulk: false), Now);

        Assert.Same(once, DatasetRules.PublishImport(once, Import("new", replacesBulk: false), Now));
    }

    [Fact]
    public void PublishImport_BuiltOnAnOlderGeneration_IsRefused() =>
        Assert.Throws<RefusedException>(() => DatasetRules.PublishImport(Dataset(), Import("new", replacesBulk: true) with { Generation = 2 }, Now));

    [Fact]
    public void PublishCompaction_MovesTheStreamedPartOnly()
    {
        var compaction = new CompactionPublication
        {
            DatasetArn = "",
            StreamedSegments = [Segment("merged")],
            SnapshotPath = "after",
            CompactedThrough = 90,
            Generation = 3,
        };

        var published = DatasetRules.PublishCompaction(Dataset(), compaction).Data;
        var stale = Dataset();

        Assert.Equal(["old"], published.BulkSegments.Select(segment => segment.Path));
        Assert.Equal(["merged"], published.StreamedSegments.Select(segment => segment.Path));
        Assert.Equal((90, 4, "after"), (published.CompactedThrough, published.Generation, published.SnapshotPath));
        Assert.Same(stale, DatasetRules.PublishCompaction(stale, compaction with { Generation = 2 }));
    }

    [Fact]
    public void FilesOf_AManifest_AreAllItNames() => Assert.Equal(["old", "streamed", "before"], DatasetRules.FilesOf(Dataset().Data));

    private static DatasetState Dataset() => Records.Interactions() with
    {
        Data = Records.Interactions().Data with
        {
            BulkSegments = [Segment("old")], StreamedSegments = [Segment("streamed")], SnapshotPath = "before", CompactedThrough = 7, Generation = 3,
        },
    };

    private static ImportPublication Import(string path, bool replacesBulk) => new()
    {
        ImportJobArn = path,
        ReplacesBulk = replacesBulk,
        Segments = [Segment(path)],
        SnapshotPath = $"snapshot-{path}",
        Generation = 3,
        GoodRows = 1,
        BadRows = 0,
    };

    private static SegmentReference Segment(string path) => new(path, 1, 1, "");
}
