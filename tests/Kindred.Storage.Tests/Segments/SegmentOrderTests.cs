using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Tests.Segments;

public sealed class SegmentOrderTests
{
    [Fact]
    public void Of_NumberedSegments_GoesByTheNumberWhateverTheClockSaid()
    {
        // The clock went back between the two: the later import's name sorts before the earlier one's.
        var (earlier, later) = (Segment("0199aaaa", 1), Segment("0198aaaa", 2));

        Assert.Equal([earlier, later], SegmentOrder.Of(Dataset([later, earlier], [])));
    }

    [Fact]
    public void Of_SegmentsOfReleasesThatDidNotNumber_AreOlderAndGoByName()
    {
        var (first, second, numbered) = (Segment("0198aaaa", 0), Segment("anonymous-0198bbbb", 0), Segment("0197aaaa", 3));

        Assert.Equal([first, second, numbered], SegmentOrder.Of(Dataset([numbered, first], [second])));
    }

    private static SegmentReference Segment(string id, long sequence) =>
        new($"segments/111122223333/shop/ITEMS/{id}.0.parquet", 1, 1, "") { Sequence = sequence };

    private static DatasetData Dataset(IReadOnlyList<SegmentReference> bulk, IReadOnlyList<SegmentReference> streamed) => new()
    {
        DatasetArn = Arn.Dataset("us-east-1", "111122223333", "shop", DatasetTypes.Items), DatasetType = DatasetTypes.Items, Schema = "",
        BulkSegments = bulk, StreamedSegments = streamed,
    };
}
