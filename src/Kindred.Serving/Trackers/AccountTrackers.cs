using System.Collections.Concurrent;
using Kindred.Contracts.Arns;

namespace Kindred.Serving.Trackers;

/// <summary>The trackers of one account that are known, and the reading of them that is under way.</summary>
internal sealed class AccountTrackers
{
    private readonly Lock _gate = new();
    private Task? _reading;

    public ConcurrentDictionary<string, (Arn Tracker, Arn DatasetGroup)> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>Changes with every removal.</summary>
    public int Version { get; private set; }

    /// <returns>False, with nothing added, when a tracker was removed since <paramref name="version"/>.</returns>
    public bool TryAdd(List<(string TrackingId, Arn Tracker, Arn DatasetGroup)> found, int version)
    {
        lock (_gate)
        {
            if (version != Version) return false;
            foreach (var (id, tracker, group) in found) Known[id] = (tracker, group);
            return true;
        }
    }

    public void Remove(Arn tracker)
    {
        lock (_gate)
        {
            Version++;
            foreach (var (id, known) in Known)
            {
                if (known.Tracker == tracker) Known.TryRemove(id, out _);
            }
        }
    }

    /// <summary>
    /// Everybody who waits shares one reading, but only one that began after they came: a reading under way may have
    /// passed the place of a tracker that was made meanwhile.
    /// </summary>
    public async Task ReadAsync(Func<AccountTrackers, Task> read, CancellationToken cancellationToken)
    {
        Task? earlier;
        lock (_gate) earlier = _reading is { IsCompleted: false } ? _reading : null;
        // Its failure is its own askers' news; this caller reads anew anyway.
        if (earlier is not null) await earlier.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();

        Task own;
        lock (_gate)
        {
            if (_reading is null || _reading == earlier || _reading.IsCompleted) _reading = Task.Run(() => read(this), CancellationToken.None);
            own = _reading;
        }
        await own.WaitAsync(cancellationToken);
    }
}
