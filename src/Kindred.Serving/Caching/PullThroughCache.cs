using System.Collections.Concurrent;

namespace Kindred.Serving.Caching;

/// <summary>
/// Remembers what an owner elsewhere decided: asks on a miss, once for everybody who waits, and is told of changes by
/// <see cref="Set"/> and <see cref="Remove"/>.
/// </summary>
/// <remarks>
/// A push wins over a pull that began before it: whoever waited for that pull looks again. That a key has no value is
/// remembered for <paramref name="absenceLifetime"/> and for at most <paramref name="maxAbsences"/> keys, so a client
/// that makes up names costs neither memory nor a question per request.
/// </remarks>
internal sealed class PullThroughCache<TKey, TValue>(
    Func<TKey, Task<TValue?>> pull,
    TimeProvider clock,
    TimeSpan absenceLifetime,
    int maxAbsences)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly ConcurrentQueue<KeyValuePair<TKey, Entry>> _absences = new();

    /// <summary>How many keys are held, found and absent.</summary>
    public int Count => _entries.Count;

    public ValueTask<TValue?> GetAsync(TKey key, CancellationToken cancellationToken) =>
        _entries.TryGetValue(key, out var entry) && entry.Known is { } value ? ValueTask.FromResult<TValue?>(value) : new(LookAsync(key, cancellationToken));

    /// <returns>The value if it is held already; never asks.</returns>
    public TValue? Peek(TKey key) => _entries.TryGetValue(key, out var entry) ? entry.Known : null;

    public void Set(TKey key, TValue value) => _entries[key] = new Entry(value);

    /// <returns>What was held, if it was there.</returns>
    public TValue? Remove(TKey key) => _entries.TryRemove(key, out var entry) ? entry.Known : null;

    private async Task<TValue?> LookAsync(TKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = _entries.GetOrAdd(key, static (k, self) => new Entry(self, k), this);
            // The pull belongs to everyone who waits for it, so one caller's cancellation ends only that caller's wait.
            var value = await entry.Pull.WaitAsync(cancellationToken);
            var stillHeld = _entries.TryGetValue(key, out var held) && ReferenceEquals(held, entry);
            if (!stillHeld && !entry.PushedOut) continue;
            if (value is not null || entry.PushedOut || clock.GetUtcNow() < entry.AbsentUntil) return value;
            _entries.TryRemove(KeyValuePair.Create(key, entry));
        }
    }

    private async Task<TValue?> PullAsync(TKey key, Entry entry)
    {
        try
        {
            // Never on the caller's stack: Lazy holds its lock until this method first yields.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            var value = await pull(key);
            if (value is null) RememberAbsence(key, entry);
            else entry.Known = value;
            return value;
        }
        catch
        {
            _entries.TryRemove(KeyValuePair.Create(key, entry));
            throw;
        }
    }

    private void RememberAbsence(TKey key, Entry entry)
    {
        entry.AbsentUntil = clock.GetUtcNow() + absenceLifetime;
        _absences.Enqueue(KeyValuePair.Create(key, entry));
        while (_absences.Count > maxAbsences && _absences.TryDequeue(out var oldest))
        {
            oldest.Value.PushedOut = true;
            _entries.TryRemove(oldest);
        }
    }

    private sealed class Entry
    {
        private readonly Lazy<Task<TValue?>> _pull;
        private volatile TValue? _known;
        private volatile bool _pushedOut;

        public Entry(TValue value)
        {
            _known = value;
            _pull = new(Task.FromResult<TValue?>(value));
        }

        public Entry(PullThroughCache<TKey, TValue> owner, TKey key) => _pull = new(() => owner.PullAsync(key, this));

        public Task<TValue?> Pull => _pull.Value;
        public TValue? Known { get => _known; set => _known = value; }
        public DateTimeOffset AbsentUntil { get; set; }
        /// <summary>Left the cache to make room, not because it changed: its answer still holds.</summary>
        public bool PushedOut { get => _pushedOut; set => _pushedOut = value; }
    }
}
