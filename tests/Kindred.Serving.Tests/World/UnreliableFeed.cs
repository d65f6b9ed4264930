using System.Collections.Concurrent;
using System.Collections.Immutable;
using Kindred.Contracts.Changes;

namespace Kindred.Serving.Tests.World;

/// <summary>A feed as bad as one may be: loses changes, or holds them back and brings them late, twice and in another order.</summary>
internal sealed class UnreliableFeed : IChangeFeed
{
    private readonly ConcurrentQueue<Change> _held = new();
    private ImmutableList<Action<Change>> _subscribers = [];

    /// <summary>Every change is lost.</summary>
    public bool Drops { get; set; }

    /// <summary>Every change waits for <see cref="Release"/>.</summary>
    public bool Holds { get; set; }

    public int Subscribers => _subscribers.Count;

    public void Publish(Change change)
    {
        if (Drops) return;
        if (Holds) _held.Enqueue(change);
        else Deliver(change);
    }

    public void Deliver(Change change)
    {
        foreach (var subscriber in _subscribers) subscriber(change);
    }

    /// <summary>Brings what was held back: each change once or twice, in an order drawn from the seed.</summary>
    public void Release(int seed)
    {
        var random = new Random(seed);
        var late = new List<Change>();
        while (_held.TryDequeue(out var change)) late.AddRange(Enumerable.Repeat(change, 1 + random.Next(2)));
        foreach (var change in late.OrderBy(_ => random.Next())) Deliver(change);
    }

    public IDisposable Subscribe(Action<Change> subscriber)
    {
        ImmutableInterlocked.Update(ref _subscribers, static (all, added) => all.Add(added), subscriber);
        return new Subscription(() => ImmutableInterlocked.Update(ref _subscribers, static (all, ended) => all.Remove(ended), subscriber));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
