using Kindred.Serving.Histories;
using Kindred.Storage.Events;

namespace Kindred.Serving.Tests.Histories;

[Collection(AloneDefinition.Name)]
public sealed class RecentEventsTests
{
    private readonly RecentEvents _recent = new(_ => { });
    private long _position;

    [Fact]
    public void Copy_EventsOutOfOrder_AreByTimeSentThenArrival()
    {
        Add("u", "s", "late", second: 30);
        Add("u", "s", "early", second: 10);
        Add("u", "s", "same time, later", second: 30);

        Assert.Equal(["early", "late", "same time, later"], ItemsOf("u"));
    }

    [Fact]
    public void Add_RepeatedEventId_IsIgnored()
    {
        Add("u", "s", "a", eventId: "e1");
        Add("u", "s", "b", eventId: "e1");

        Assert.Equal(["a"], ItemsOf("u"));
    }

    [Fact]
    public void Add_MoreThanTheCapacity_KeepsTheNewest()
    {
        for (var i = 0; i < EventTail.Capacity + 20; i++) Add("u", "s", $"i{i}", second: i);
        Add("u", "s", "too old", second: 0);

        var items = ItemsOf("u");
        Assert.Equal(EventTail.Capacity, items.Length);
        Assert.Equal("i20", items[0]);
        Assert.Equal($"i{EventTail.Capacity + 19}", items[^1]);
    }

    [Fact]
    public void Copy_SessionId_GivesTheAnonymousVisitorsEvents()
    {
        Add(null, "s", "a");

        Assert.Equal(["a"], ItemsOf("s"));
    }

    [Fact]
    public void Add_EventWithUserAndSession_MovesTheSessionsEarlierEventsToTheUser()
    {
        Add("u", "other session", "known before", second: 1);
        Add(null, "s", "anonymous", second: 2);
        Add("u", "s", "signed in", second: 3);
        Add(null, "s", "anonymous again", second: 4);

        string[] all = ["known before", "anonymous", "signed in", "anonymous again"];
        Assert.Equal(all, ItemsOf("u"));
        Assert.Equal(all, ItemsOf("s")); // the session id goes on standing for its visitor
    }

    [Fact]
    public void Add_EventWithoutItem_StillLinksTheSession()
    {
        Add(null, "s", "anonymous");
        Add("u", "s", item: null);

        Assert.Equal(["anonymous"], ItemsOf("u"));
    }

    [Fact]
    public void Add_SecondUserOfOneSession_GetsNothingOfTheFirst()
    {
        Add("u1", "s", "first's");
        Add("u2", "s", "second's");

        Assert.Equal(["first's"], ItemsOf("u1"));
        Assert.Equal(["second's"], ItemsOf("u2"));
    }

    [Fact]
    public void Copy_FromAPosition_LeavesOutWhatTheSnapshotHolds()
    {
        Add("u", "s", "in the snapshot");
        Add("u", "s", "after it");

        Assert.Equal(["after it"], ItemsOf("u", fromPosition: 1));
    }

    [Fact]
    public void Prune_ForgetsUsersAndStringsOfOldEvents()
    {
        for (var i = 0; i < 100; i++) Add($"u{i}", $"s{i}", $"i{i}", second: i);
        Add("kept", "s", "kept item", second: 200);

        _recent.Prune(belowPosition: 100);

        Assert.Equal(1, _recent.Size.Users);
        Assert.Equal(["kept item"], ItemsOf("kept"));
        Assert.Empty(ItemsOf("u5"));
    }

    [Fact]
    public void Prune_LinksOfManySessions_KeepsABoundedNumberOfTheNewest()
    {
        for (var i = 0; i < 25_000; i++) Add($"u{i}", $"s{i}", "a");

        _recent.Prune(belowPosition: 25_000);
        Add(null, "s24999", "later");
        Add(null, "s0", "nobody's");

        Assert.Equal(20_001, _recent.Size.Sessions);
        Assert.Equal(["later"], ItemsOf("u24999"));
        Assert.Empty(ItemsOf("u0"));
    }

    [Fact]
    public void Copy_IdOfASnapshotUser_IsNotTakenForALinkedSession()
    {
        Add("someone else", "u", "not u's");

        Span<RecentEvent> events = new RecentEvent[2 * EventTail.Capacity];
        var copy = _recent.Copy("u", isKnownUser: true, 0, events);

        Assert.Equal(("u", 0), (copy.UserId, copy.Count));
    }

    [Fact]
    public void Add_ManyEventsOfManyUsers_StaysCompact()
    {
        const int Events = 200_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Events; i++) Add($"user-{i % 20_000}", $"session-{i % 20_000}", $"item-{i % 5_000}", second: i);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;

        TestContext.Current.SendDiagnosticMessage($"{bytes / (double)Events:F0} bytes per event, 10 events per user");
        Assert.InRange(bytes / (double)Events, 32, 128);
        GC.KeepAlive(_recent);
    }

    private void Add(string? user, string session, string? item, long second = 1, string? eventId = null) =>
        _recent.Add(
            _position++,
            new StreamedEvent(
                user,
                session,
                eventId ?? Guid.NewGuid().ToString(),
                "View",
                null,
                item,
                DateTimeOffset.FromUnixTimeSeconds(second),
                null,
                null,
                null,
                null));

    private string[] ItemsOf(string id, long fromPosition = 0)
    {
        var events = new RecentEvent[2 * EventTail.Capacity];
        var copy = _recent.Copy(id, isKnownUser: false, fromPosition, events);
        return [.. events.Take(copy.Count).Select(e => copy.Items[e.Item])];
    }
}
