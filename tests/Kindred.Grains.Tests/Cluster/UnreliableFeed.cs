using System.Collections.Immutable;
using Kindred.Contracts.Changes;

namespace Kindred.Grains.Tests.Cluster;

/// <summary>The feed between two silos, which can lose everything that is said.</summary>
internal sealed class UnreliableFeed : IChangeFeed
{
    private ImmutableArray<Action<Change>> _subscribers = [];

    public bool DropsEverything { get; set; }

    public void Publish(Change change)
    {
        if (DropsEverything) return;
        foreach (var subscriber in _subscribers) subscriber(change);
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
