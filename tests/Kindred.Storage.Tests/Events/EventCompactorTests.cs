using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Kindred.Storage.Segments;
using Kindred.Storage.Snapshots;
using Kindred.Storage.Tests.Schemas;
using static Kindred.Storage.Tests.Events.Samples;

namespace Kindred.Storage.Tests.Events;

public sealed class EventCompactorTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalArtifactStore _artifacts;
    private readonly DiskEventLog _log;
    private GroupData _group;

    public EventCompactorTests()
    {
        _artifacts = new LocalArtifactStore(new StorageOptions { DataPath = _folder.Path });
        _log = new DiskEventLog(new StorageOptions { DataPath = _folder.Path });
        _group = new GroupData { DatasetGroupArn = Group, Datasets = [Dataset("INTERACTIONS", SchemaTexts.Interactions), Dataset("ITEMS", SchemaTexts.Items)] };
    }

    public async ValueTask InitializeAsync() => await _log.CreateAsync(Group, default);

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Compact_RepeatedEventIds_CountOnceAlsoAcrossCompactions()
    {
        await AppendAsync(View("u", "a", 1, "e1"), View("u", "b", 2, "e2"), View("u", "b", 2, "e1"));
        await CompactAsync();
        await AppendAsync(View("u", "c", 3, "e2"), View("u", "d", 4, "e3"));
        await CompactAsync();

        Assert.Equal(["u a 1", "u b 2", "u d 4"], Training());
    }

    [Fact]
    public async Task Compact_AnonymousSession_IsLinkedByAnyEventOfTheSession()
    {
        await AppendAsync(Anonymous("s1", "a", 1), View("ann", "b", 2, "e-b", session: "s1"), Anonymous("s2", "x", 3));
        await CompactAsync();
        Assert.Equal(["ann a 1", "ann b 2"], Training());
        Assert.Equal(["x"], History("s2"));

        await AppendAsync(View("bob", "y", 4, "e-y", session: "s2"), Anonymous("s1", "c", 5));
        await CompactAsync();

        Assert.Equal(["ann a 1", "ann b 2", "ann c 5", "bob x 3", "bob y 4"], Training());
        Assert.Equal(["x", "y"], History("bob"));
        Assert.Empty(History("s2"));
    }

    [Fact]
    public async Task Compact_EventMembersAndProperties_FillTheColumns()
    {
        await AppendAsync(View("u", "a", 7) with { EventValue = 2.5f, PropertiesJson = """{"device":"phone","unknown":1}""" }, View("u", "", 8) with { ItemId = null });
        var compaction = (await CompactAsync()).Single(c => c.DatasetType == "INTERACTIONS");

        var rows = new SegmentRows("INTERACTIONS", ["USER_ID", "DEVICE", "EVENT_TYPE", "SESSION_ID"]);
        var read = new List<string>();
        rows.Visit(compaction.StreamedSegments.Select(s => _folder.At(s.Path)), row => read.Add($"{rows.Text(0, row)} {rows.Text(1, row)} {rows.Text(2, row)} {rows.Text(3, row)}"), default);
        Assert.Equal(["u phone View s-u"], read);
    }

    [Fact]
    public async Task Compact_WhatARecommendationLedTo_StaysThroughEveryCompaction_WithoutAColumnOfTheSchema()
    {
        await AppendAsync(
            View("u", "a", 7) with { RecommendationId = "r1", EventAttributionSource = "mail", Impression = ["a", "b"] },
            Anonymous("s1", "c", 8) with { RecommendationId = "r2" });
        await CompactAsync();
        await AppendAsync(View("ann", "d", 9, "e-d", session: "s1") with { EventAttributionSource = "shop" });

        var compaction = (await CompactAsync()).Single(c => c.DatasetType == "INTERACTIONS"); // merges, and links the session

        Assert.DoesNotContain("RECOMMENDATION_ID", SchemaTexts.Interactions, StringComparison.Ordinal);
        Assert.Equal(["ann c r2 - -", "ann d - shop -", "u a r1 mail a|b"], RowsOf(Assert.Single(compaction.StreamedSegments)));
    }

    [Fact]
    public async Task Compact_SegmentOfAnEarlierReleaseWithoutTheseColumns_IsMerged()
    {
        string[] columns = ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE", "EVENT_VALUE", "SESSION_ID", "EVENT_ID"];
        await using var writer = SegmentWriter.Create(
            _artifacts, SegmentFile.New(Group, "INTERACTIONS", 1), "INTERACTIONS", columns);
        foreach (var (column, text) in new[] { (0, "old"), (1, "x"), (3, "View"), (5, "s"), (6, "e") }) writer.Rows.SetText(column, text);
        writer.Rows.SetTimestamp(2, 1);
        writer.Rows.EndRow();
        var old = await writer.CompleteAsync("", default);
        _group = _group with { Datasets = [_group.Find("INTERACTIONS")! with { StreamedSegments = [old] }] };
        await AppendAsync(View("u", "a", 7) with { RecommendationId = "r1" });

        var compaction = Assert.Single(await CompactAsync());

        Assert.Equal(["old x - - -", "u a r1 - -"], RowsOf(Assert.Single(compaction.StreamedSegments)));
    }

    [Fact]
    public async Task Compact_LogThatEndsBelowWhatIsCompacted_IsNotThisGroups()
    {
        await AppendAsync(View("u", "a", 1));
        _group = _group with { Datasets = [_group.Datasets[0], _group.Datasets[1] with { CompactedThrough = 2 }] };

        var foreign = await Assert.ThrowsAsync<EventLogMissingException>(CompactAsync);

        Assert.Contains("ends at position 1, but the group's records have reached 2", foreign.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compact_DatasetOfATypeThatANewerReleaseStreams_KeepsItsRecordsInTheLog()
    {
        _group = _group with { Datasets = [.. _group.Datasets, Dataset("STORES", SchemaTexts.Items)] };
        await AppendAsync(View("u", "a", 1));

        Assert.Equal(["INTERACTIONS", "ITEMS"], (await CompactAsync()).Select(c => c.DatasetType));
    }

    [Fact]
    public async Task Compact_RepeatedItems_KeepTheNewestOfEach()
    {
        await AppendAsync(new StreamedItem("i", """{"genres":"Comedy","price":1}"""), new StreamedItem("j", null));
        await CompactAsync();
        await AppendAsync(new StreamedItem("i", """{"genres":"Drama"}"""), new StreamedItem("i", """{"genres":"Horror"}"""));
        var items = (await CompactAsync()).Single(c => c.DatasetType == "ITEMS");

        Assert.Equal(2, Assert.Single(items.StreamedSegments).RowCount);
        using var catalog = ItemCatalog.Open(_folder.At(items.SnapshotPath!));
        Assert.True(catalog.TryGet("i", out var index));
        Assert.Equal("Horror", catalog.Value(index, 0));
        Assert.Null(catalog.Value(index, 1));
    }

    [Fact]
    public async Task Compact_NothingNew_ReturnsNothing_AndThroughIsRespected()
    {
        await AppendAsync(View("u", "a", 1), View("u", "b", 2));

        var first = await EventCompactor.CompactAsync(_artifacts, _group, _log, 1, default);
        Assert.Equal(1, first.Single(c => c.DatasetType == "INTERACTIONS").StreamedSegments.Sum(s => s.RowCount));
        await CompactAsync();

        Assert.Empty(await CompactAsync());
        await _log.DropBelowAsync(Group, 2, default);
        Assert.Equal(2, await _log.EndPositionAsync(Group, default));
    }

    private static StreamedEvent Anonymous(string session, string item, long at) => View("", item, at, $"{session}-{item}", session) with { UserId = null };

    private static DatasetData Dataset(string type, string schema) => new() { DatasetArn = Arn.Dataset("us-east-1", "123456789012", "shop", type), DatasetType = type, Schema = schema };

    private async Task AppendAsync(params StreamedRecord[] records) => await _log.AppendAsync(Group, records, default);

    private async Task<IReadOnlyList<DatasetCompaction>> CompactAsync()
    {
        var done = await EventCompactor.CompactAsync(_artifacts, _group, _log, long.MaxValue, default);
        _group = _group with
        {
            Datasets = [.. _group.Datasets.Select(d => done.FirstOrDefault(c => c.DatasetType == d.DatasetType) is { } c
                ? d with { StreamedSegments = c.StreamedSegments, SnapshotPath = c.SnapshotPath, CompactedThrough = c.CompactedThrough } : d)],
        };
        return done;
    }

    /// <summary>User, item, and what says where an event came from.</summary>
    private List<string> RowsOf(SegmentReference segment)
    {
        var rows = new SegmentRows("INTERACTIONS", ["USER_ID", "ITEM_ID", "RECOMMENDATION_ID", "EVENT_ATTRIBUTION_SOURCE", "IMPRESSION"]);
        var read = new List<string>();
        rows.Visit([_folder.At(segment.Path)], row => read.Add(string.Join(' ', Enumerable.Range(0, 5).Select(c => rows.Text(c, row) ?? "-"))), default);
        read.Sort(StringComparer.Ordinal);
        return read;
    }

    private List<string> Training()
    {
        var rows = new List<string>();
        InteractionSegments.Read(_group.Find("INTERACTIONS")!.StreamedSegments.Select(s => _folder.At(s.Path)), batch =>
        {
            for (var i = 0; i < batch.Count; i++) rows.Add($"{batch.UserIds[batch.Users[i]]} {batch.ItemIds[batch.Items[i]]} {batch.Timestamps[i]}");
        }, default);
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private List<string> History(string user)
    {
        using var history = UserHistory.Open(_folder.At(_group.Find("INTERACTIONS")!.SnapshotPath!));
        var items = new List<string>();
        if (!history.TryGet(user, out var events)) return items;
        foreach (var item in events.Items) items.Add(history.ItemIds[item]);
        return items;
    }
}
