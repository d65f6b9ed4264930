using System.Collections.Immutable;
using Kindred.Contracts.Changes;
using Microsoft.Extensions.Logging;

namespace Kindred.Serving.Changes;

/// <summary>The feed of a deployment that is one process: whoever publishes has told every subscriber when the call returns.</summary>
public sealed partial class LocalChangeFeed(ILogger<LocalChangeFeed> logger) : IChangeFeed
{
    private ImmutableArray<Action<Change>> _subscribers = [];

    public void Publish(Change change)
    {
        foreach (var subscriber in _subscribers)
        {
            try
            {
                subscriber(change);
            }
            catch (Exception failure)
            {
                LogSubscriberFailed(failure, change.Kind, change.Key); // its own loss: it asks again when what it holds expires
            }
        }
    }

    public IDisposable Subscribe(Action<Change> subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ImmutableInterlocked.Update(ref _subscribers, static (all, added) => all.Add(added), subscriber);
        return new Subscription(this, subscriber);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A subscriber failed to take in the change of {Kind} {Key}")]
    private partial void LogSubscriberFailed(Exception failure, ChangedSubject kind, string key);

    private sealed class Subscription(LocalChangeFeed feed, Action<Change> subscriber) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                ImmutableInterlocked.Update(ref feed._subscribers, static (all, ended) => all.Remove(ended), subscriber);
        }
    }
}
