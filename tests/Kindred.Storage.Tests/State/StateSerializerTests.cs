using System.Text;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Storage.State;

namespace Kindred.Storage.Tests.State;

public sealed class StateSerializerTests
{
    private static readonly StateSerializer Serializer = new();
    private static readonly Arn Campaign = Arn.Campaign("us-east-1", "123456789012", "shop");

    private enum Phase { None = 0, Serving = 4 }

    private sealed record Sample
    {
        public Arn Campaign { get; init; }
        public Arn? Replaces { get; init; }
        public Phase Phase { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public IReadOnlyList<string> Names { get; init; } = ["default"];
        public IReadOnlyDictionary<Arn, double> Scores { get; init; } = new Dictionary<Arn, double>();
    }

    // The format is what older and newer releases find in the database: changing this text needs a new schema number.
    [Fact]
    public void Serialize_OfAState_WritesThisFormat()
    {
        var state = new Sample
        {
            Campaign = Campaign,
            Phase = Phase.Serving,
            ChangedAt = new DateTimeOffset(2026, 11, 23, 22, 0, 0, TimeSpan.Zero),
            Names = ["Grüße"],
            Scores = new Dictionary<Arn, double> { [Campaign] = double.NaN },
        };

        Assert.Equal(
            """{"v":1,"s":{"campaign":"arn:aws:personalize:us-east-1:123456789012:campaign/shop","replaces":null,"phase":4,"changedAt":"2026-11-23T22:00:00+00:00","names":["Grüße"],"scores":{"arn:aws:personalize:us-east-1:123456789012:campaign/shop":"NaN"}}}""",
            Serializer.Serialize(state).ToString());
    }

    [Fact]
    public void Deserialize_OfWhatWasSerialized_GivesTheSame()
    {
        var segment = new SegmentReference("segments/1.parquet", 1000, 4096, "arn");
        var state = new DatasetData { DatasetArn = Campaign, DatasetType = "ITEMS", Schema = "{\"a\":1}", BulkSegments = [segment], Generation = 3 };

        var read = Serializer.Deserialize<DatasetData>(Serializer.Serialize(state));

        Assert.Equal(state.BulkSegments, read.BulkSegments);
        Assert.Equal(state, read with { BulkSegments = state.BulkSegments, StreamedSegments = state.StreamedSegments });
    }

    [Fact]
    public void Deserialize_OfADefaultArn_GivesItBack() =>
        Assert.Equal(default, Serializer.Deserialize<Sample>(Serializer.Serialize(new Sample())).Campaign);

    [Fact]
    public void Deserialize_OfUnknownAndMissingMembers_ReadsTheRest()
    {
        var read = Read("""{"v":1,"s":{"phase":4,"addedByALaterRelease":{"deep":[1,2]}}}""");

        Assert.Equal(Phase.Serving, read.Phase);
        Assert.Equal(["default"], read.Names);
    }

    [Fact]
    public void Deserialize_OfANewerSchema_SaysWhichReleaseToStart()
    {
        var refused = Assert.Throws<InvalidDataException>(() => Read("""{"v":2,"s":[]}"""));

        Assert.Equal("A stored Sample has schema 2; this release reads up to 1. Start the release that wrote it, or a newer one.", refused.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"v":1}""")]
    [InlineData("""{"v":"1","s":{}}""")]
    [InlineData("""{"v":1,"s":null}""")]
    [InlineData("""{"v":1,"s":{"campaign":"not an arn"}}""")]
    [InlineData("""{"v":1,"s":{"phase":4""")]
    public void Deserialize_OfADamagedPayload_NamesTheState(string payload) =>
        Assert.Contains("Sample", Assert.Throws<InvalidDataException>(() => Read(payload)).Message, StringComparison.Ordinal);

    private static Sample Read(string payload) => Serializer.Deserialize<Sample>(new BinaryData(Encoding.UTF8.GetBytes(payload)));
}
