using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Tests.World;
using Kindred.Serving.Watching;

namespace Kindred.Serving.Tests.Watching;

public sealed class EventWatchTests : IDisposable
{
    private readonly ServingWorld _world = new();
    private readonly Arn _group;

    public EventWatchTests() => _group = _world.AddGroup(ServingWorld.Alice);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Read_WhileSomebodyWatches_HasWhatCameAndWhatWasRefused()
    {
        _world.Watch.Read(_group, after: 0);

        await PutAsync("a");
        await Assert.ThrowsAsync<RefusedException>(() => PutAsync(""));

        var seen = _world.Watch.Read(_group, after: 0);
        Assert.Equal(["a", ""], seen.Select(e => e.ItemId));
        Assert.Null(seen[0].Refusal);
        Assert.Contains("itemId", seen[1].Refusal, StringComparison.Ordinal);
        Assert.Empty(_world.Watch.Read(_group, seen[^1].Number));
    }

    [Fact]
    public async Task Read_WhatCameWhileNobodyLooked_IsNotThere()
    {
        await PutAsync("before");
        _world.Watch.Read(_group, after: 0);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await PutAsync("meanwhile");

        Assert.Empty(_world.Watch.Read(_group, after: 0));
    }

    [Fact]
    public async Task Read_OfAnotherTenantsGroup_NeverHasTheirEvents()
    {
        var others = _world.AddGroup(ServingWorld.Bob);
        _world.Watch.Read(others, after: 0);
        _world.Watch.Read(_group, after: 0);

        await PutAsync("a");
        await Assert.ThrowsAsync<RefusedException>(() => PutAsync("a", tracker: "nobody's"));

        Assert.Empty(_world.Watch.Read(others, after: 0));
        Assert.Equal(2, _world.Watch.Read(_group, after: 0).Count);
    }

    [Fact]
    public void RefuseUnread_ARequestThatNobodyCouldRead_IsShownToItsAccountAlone()
    {
        var others = _world.AddGroup(ServingWorld.Bob);
        _world.Watch.Read(others, after: 0);
        _world.Watch.Read(_group, after: 0);

        _world.Watch.RefuseUnread(ServingWorld.Alice.Account, "no JSON");

        Assert.Equal("no JSON", Assert.Single(_world.Watch.Read(_group, after: 0)).Refusal);
        Assert.Empty(_world.Watch.Read(others, after: 0));
    }

    [Fact]
    public void Read_OfMoreThanIsKept_HasTheNewest()
    {
        var watch = _world.Watch;
        watch.Read(_group, after: 0);

        for (var i = 0; i < EventWatch.MostEvents + 5; i++)
            watch.Take(_group, new PutEventsRequest { EventList = [new Event { EventType = "view", ItemId = $"i{i}" }] }, EventWatch.EventsOf);

        var seen = watch.Read(_group, after: 0);
        Assert.Equal((EventWatch.MostEvents, "i5"), (seen.Count, seen[0].ItemId));
    }

    [Fact]
    public async Task Read_ActionInteractions_AreAmongTheEvents_RefusedOnesToo()
    {
        var watch = _world.Watch;
        watch.Read(_group, after: 0);
        var request = new PutActionInteractionsRequest
        {
            TrackingId = "nobody's",
            ActionInteractions = [new() { ActionId = "join", UserId = "u", SessionId = "s", EventType = "Taken", Timestamp = _world.Clock.GetUtcNow() }],
        };
        watch.Take(_group, request, EventWatch.EventsOf);

        await Assert.ThrowsAsync<RefusedException>(() => _world.Ingestion.PutActionInteractionsAsync(request, ServingWorld.Alice, default));

        var seen = watch.Read(_group, after: 0);
        Assert.Equal([("join", null, "Taken", false), ("join", null, "Taken", true)], seen.Select(e => (e.ActionId, e.ItemId, e.EventType, e.Refusal is not null)));
    }

    private Task PutAsync(string item, string? tracker = null) => _world.Ingestion.PutEventsAsync(
        new PutEventsRequest
        {
            TrackingId = tracker ?? "tracker-shop", UserId = "u", SessionId = "s",
            EventList = [new Event { EventType = "view", ItemId = item, SentAt = _world.Clock.GetUtcNow() }],
        },
        ServingWorld.Alice, TestContext.Current.CancellationToken);
}
