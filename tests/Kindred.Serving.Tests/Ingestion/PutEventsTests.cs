using Kindred.Contracts.Changes;
using Kindred.Contracts.Events;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Tests.World;
using Kindred.Storage.Datasets;
using Kindred.Storage.Events;

namespace Kindred.Serving.Tests.Ingestion;

public sealed class PutEventsTests : IDisposable
{
    private readonly ServingWorld _world = new();
    private readonly Kindred.Contracts.Arns.Arn _group;

    public PutEventsTests() => _group = _world.AddGroup(ServingWorld.Alice);

    [Fact]
    public async Task PutEventsAsync_Event_IsInTheLogAsItWasSent()
    {
        await PutAsync(new Event
        {
            EventType = "Purchase",
            EventId = "e1",
            EventValue = 2.5f,
            ItemId = "a",
            SentAt = _world.Clock.GetUtcNow(),
            Properties = """{"device":"phone","count":3,"new":true,"none":null}""",
            RecommendationId = "RID-1",
            Impression = ["a", "b"],
            MetricAttribution = new MetricAttribution { EventAttributionSource = "newsletter" },
        });

        var e = Assert.IsType<StreamedEvent>(Assert.Single(await LoggedAsync()));
        Assert.Equal(("u", "s", "e1", "Purchase", 2.5f, "a"), (e.UserId, e.SessionId, e.EventId, e.EventType, e.EventValue, e.ItemId));
        Assert.Equal(("RID-1", "newsletter"), (e.RecommendationId, e.EventAttributionSource));
        Assert.Equal(["a", "b"], e.Impression!);
    }

    [Fact]
    public async Task PutEventsAsync_OneEventTypeMoreThanAGroupMayHave_IsRefusedByName()
    {
        for (var i = 0; i < DataLimits.EventTypes; i += 10)
            await PutAsync([.. Enumerable.Range(i, 10).Select(type => View("a") with { EventType = $"type {type}" })]);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => PutAsync(View("a") with { EventType = "one more" }));
        await PutAsync(View("a") with { EventType = "type 7" });

        Assert.Contains("'one more'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(DataLimits.EventTypes + 1, (await LoggedAsync()).Count);
    }

    [Fact]
    public async Task PutItemsAsync_MoreThanATenantsRecordsMayHold_IsRefusedUntilTheyAreCompacted_AndAnothersAreNot()
    {
        var filled = new List<Kindred.Contracts.Arns.Arn>();
        _world.Options = new ServingOptions { CompactAboveLiveBytes = 2_000, MaxLiveBytesPerTenant = 4_000 };
        _world.Restart();
        _world.Groups.Filled += filled.Add;
        _world.AddGroup(ServingWorld.Bob);
        var long500 = $$"""{"CATEGORY":"{{new string('x', 500)}}"}""";

        var refused = await Assert.ThrowsAsync<RefusedException>(async () =>
        {
            for (var i = 0; i < 10; i++) await _world.PutItemAsync(ServingWorld.Alice, $"item {i}", long500);
        });

        Assert.Equal(RefusalCode.LimitExceeded, refused.Code);
        Assert.Equal(_group, filled[0]);
        await _world.PutItemAsync(ServingWorld.Bob, "theirs", long500);
        await _world.CompactAsync(_group);
        await _world.PutItemAsync(ServingWorld.Alice, "another", long500);
    }

    [Fact]
    public async Task PutEventsAsync_WithoutEventId_GivesEachItsOwn()
    {
        await PutAsync(View("a"), View("a"));

        Assert.Equal(2, (await LoggedAsync()).Cast<StreamedEvent>().Select(e => e.EventId).Distinct().Count());
    }

    [Fact]
    public async Task PutEventsAsync_ItemAndValueAmongProperties_AreFoundThere()
    {
        await PutAsync(View(null) with { Properties = """{"itemId":"a","eventValue":4}""" });

        var e = Assert.IsType<StreamedEvent>(Assert.Single(await LoggedAsync()));
        Assert.Equal(("a", 4f), (e.ItemId, e.EventValue));
    }

    [Theory]
    [InlineData("""{"itemId":"593","eventValue":"4.5"}""", "593", 4.5f)]
    [InlineData("""{"itemId":593,"eventValue":4.5}""", "593", 4.5f)]
    [InlineData("""{"itemId":593.0,"eventValue":"45e-1"}""", "593", 4.5f)]
    [InlineData("""{"itemId":123456789012345678901234567890}""", "123456789012345678901234567890", null)]
    [InlineData("""{"ITEM_ID":593,"event_value":" 4.5 "}""", "593", 4.5f)]
    [InlineData("""{"itemId":null,"eventValue":null}""", null, null)]
    public async Task PutEventsAsync_MemberInEitherJsonType_IsRead(string properties, string? item, float? value)
    {
        await PutAsync(View(null) with { Properties = properties });

        var e = Assert.IsType<StreamedEvent>(Assert.Single(await LoggedAsync()));
        Assert.Equal((item, value), (e.ItemId, e.EventValue));
    }

    [Theory]
    [InlineData("""{"itemId":true}""", "eventList[0].properties.itemId is true; expected the id of an item")]
    [InlineData("""{"itemId":4.5}""", "eventList[0].properties.itemId is 4.5; expected")]
    [InlineData("""{"itemId":""}""", "eventList[0].properties.itemId is empty")]
    [InlineData("""{"itemId":["a"]}""", "eventList[0].properties.itemId is a JSON array")]
    [InlineData("""{"itemId":"a","item_id":"b"}""", "names the item 2 times")]
    [InlineData("""{"eventValue":"four"}""", "eventList[0].properties.eventValue is \"four\"; expected a finite number")]
    [InlineData("""{"eventValue":"4,5"}""", "eventList[0].properties.eventValue is \"4,5\"; expected a finite number")]
    [InlineData("""{"eventValue":1e39}""", "eventList[0].properties.eventValue is 1e39; expected a finite number")]
    [InlineData("""{"eventValue":"NaN"}""", "eventList[0].properties.eventValue is \"NaN\"; expected a finite number")]
    [InlineData("""{"eventValue":false}""", "eventList[0].properties.eventValue is false; expected a finite number")]
    public async Task PutEventsAsync_MemberThatCannotBeRead_IsRefusedByName(string properties, string says)
    {
        var refusal = await RefusedAsync(View(null) with { Properties = properties });

        Assert.Equal(RefusalCode.InvalidInput, refusal.Code);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await LoggedAsync());
    }

    [Theory]
    [InlineData("""{"price":"cheap"}""", "eventList[0]: PRICE is 'cheap'; expected a finite number")]
    [InlineData("""{"stars":4.5}""", "eventList[0]: STARS is '4.5'; expected a whole number")]
    [InlineData("""{"Price":true}""", "eventList[0]: PRICE is 'true'; expected a finite number")]
    public async Task PutEventsAsync_ColumnThatCannotBeRead_IsRefusedByName(string properties, string says)
    {
        _world.AddGroup(ServingWorld.Alice, "priced", interactions: PricedInteractions);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _world.Ingestion.PutEventsAsync(
            Request(View("a") with { Properties = properties }) with { TrackingId = "tracker-priced" }, ServingWorld.Alice, default));

        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"price":9.5,"stars":4}""")]
    [InlineData("""{"price":"9.5","stars":"4.0"}""")]
    [InlineData("""{"price":null,"stars":"","colour":"red"}""")]
    public async Task PutEventsAsync_ColumnInEitherJsonType_IsTakenIn(string properties)
    {
        _world.AddGroup(ServingWorld.Alice, "priced", interactions: PricedInteractions);

        await _world.Ingestion.PutEventsAsync(
            Request(View("a") with { Properties = properties }) with { TrackingId = "tracker-priced" }, ServingWorld.Alice, default);
    }

    [Theory]
    [InlineData("[1]", "array")]
    [InlineData("nonsense", "not a JSON object")]
    [InlineData("""{"userId":"x"}""", "'userId'")]
    [InlineData("""{"TIMESTAMP":1}""", "'TIMESTAMP'")]
    [InlineData("""{"a":{"b":1}}""", "nested")]
    [InlineData("""{"a":"\ud800"}""", "Unicode")]
    [InlineData("""{"a":1,"a":2}""", "not a JSON object")]
    [InlineData("""{"a":[[[[[[[[[[1]]]]]]]]]]}""", "not a JSON object")]
    public async Task PutEventsAsync_BadProperties_AreRefused(string properties, string says) =>
        Assert.Contains(says, (await RefusedAsync(View("a") with { Properties = properties })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task PutEventsAsync_ManyFaults_AreReportedAtOnceAndNothingIsTakenIn()
    {
        var refusal = await RefusedAsync(
            View("a"),
            View("") with { EventType = "" },
            View("a") with { SentAt = _world.Clock.GetUtcNow().AddDays(2), EventValue = float.NaN },
            View(new string('x', 257)) with { Properties = new string('x', 1025) });

        Assert.Equal(RefusalCode.InvalidInput, refusal.Code);
        foreach (var says in new[] { "eventList[1].itemId", "eventList[1].eventType", "eventList[2].sentAt", "milliseconds", "eventList[2].eventValue", "257", "1025" })
            Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await LoggedAsync());
    }

    [Fact]
    public async Task PutEventsAsync_AnotherTenantsTracker_IsNotFound()
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _world.PutAsync(ServingWorld.Bob, "u", "s", "a"));

        Assert.Equal(RefusalCode.InvalidInput, refusal.Code); // the contract of PutEvents has no other error
        Assert.Empty(await LoggedAsync());
    }

    [Fact]
    public async Task PutEventsAsync_TrackerMadeAMomentAgo_IsFound()
    {
        await Assert.ThrowsAsync<RefusedException>(() => _world.PutAsync(ServingWorld.Alice, "u", "s", "second", ["a"]));

        _world.AddGroup(ServingWorld.Alice, "second");

        await _world.PutAsync(ServingWorld.Alice, "u", "s", "second", ["a"]);
    }

    [Fact]
    public async Task PutEventsAsync_TrackerRemoved_IsNotFoundAtOnce()
    {
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "a");

        _world.Catalog.Trackers.Clear();
        var tracker = new TrackerKey(ServingWorld.Region, ServingWorld.Alice.Account, "tracker-shop");
        _world.Feed.Publish(new Change(ChangedSubject.EventTracker, tracker.ToString(), 1));

        Assert.Equal(RefusalCode.InvalidInput, (await RefusedAsync(View("a"))).Code);
    }

    [Fact]
    public async Task PutEventsAsync_CancelledBefore_TakesNothingIn()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _world.Ingestion.PutEventsAsync(Request(View("a")), ServingWorld.Alice, new CancellationToken(canceled: true)));

        Assert.Empty(await LoggedAsync());
    }

    private const string PricedInteractions = """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
          {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},
          {"name":"PRICE","type":["null","float"]},{"name":"STARS","type":["null","int"]}]}
        """;

    private Event View(string? item) => new() { EventType = "View", ItemId = item, SentAt = _world.Clock.GetUtcNow() };

    private Task PutAsync(params Event[] events) => _world.Ingestion.PutEventsAsync(Request(events), ServingWorld.Alice, default);

    private Task<RefusedException> RefusedAsync(params Event[] events) => Assert.ThrowsAsync<RefusedException>(() => PutAsync(events));

    private static PutEventsRequest Request(params Event[] events) => new() { TrackingId = "tracker-shop", UserId = "u", SessionId = "s", EventList = events };

    private async Task<List<StreamedRecord>> LoggedAsync()
    {
        var records = new List<StreamedRecord>();
        await _world.Events.ReadAsync(_group, 0, (_, record) => records.Add(record), default);
        return records;
    }

    public void Dispose() => _world.Dispose();
}
