using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Kindred.Contracts.Telemetry;

namespace Kindred.Serving.Caching;

/// <summary>
/// Remembers what owners elsewhere decided. A miss asks the owner, once for everybody who waits; a push says that there is
/// something newer to ask for; and what is held is asked for again from time to time, so that it is right within
/// <see cref="CacheRules.Lifetime"/> of its next use even if no push ever arrives.
/// </summary>
/// <remarks>
/// A value never goes back in number: an older answer is refused until what is held has reached
/// <see cref="CacheRules.HardLimit"/>. Up to there it is served while its owner cannot be reached.
/// Questions are asked off the reader's stack, scheduler and identity; the trace of whoever asked first shows them.
/// </remarks>
/// <param name="ask">Asks the owner; is given what is held. Null: there is no such thing.</param>
/// <param name="release">Is given every value that is held no longer.</param>
internal sealed class VersionedCache<TKey, TValue>(
    Func<TKey, TValue?, Task<Answer<TValue>?>> ask, CacheRules rules, TimeProvider clock, Action<TValue>? release = null)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, CacheEntry<TValue>> _entries = new();
    private readonly ConcurrentQueue<KeyValuePair<TKey, CacheEntry<TValue>>> _absences = new();
    private readonly Lock _evicting = new();
    private readonly CacheMetrics _lookups = CacheMetrics.Of(rules.Name);
    private readonly string _question = $"ask for {rules.Name}";
    private int _values;

    private enum Standing
    {
        /// <summary>Right, as far as anybody can know.</summary>
        Fresh,
        /// <summary>May be served; time to ask again.</summary>
        Expired,
        /// <summary>A push has announced something newer.</summary>
        Outdated,
        /// <summary>Nothing to serve.</summary>
        Useless,
    }

    /// <summary>How many keys are held, found and absent.</summary>
    public int Count => _entries.Count;

    /// <returns>The value, or null if there is none.</returns>
    /// <exception cref="Exception">The owner cannot be asked, and nothing is held that may still be served.</exception>
    public ValueTask<TValue?> GetAsync(TKey key, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(key, out var entry) || entry.Known is not { } known || Judge(entry, known) is not Standing.Fresh)
            return new(LookAsync(key, cancellationToken));
        _lookups.Hit();
        return ValueTask.FromResult(known.Value);
    }

    /// <returns>The value if it is held; never asks.</returns>
    public TValue? Peek(TKey key) => _entries.TryGetValue(key, out var entry) ? entry.Known?.Value : null;

    /// <summary>A push: the subject is at <paramref name="number"/> now. The next reader asks for it.</summary>
    /// <returns>Whether that is news to somebody: the key is held, with an older number.</returns>
    public bool Hear(TKey key, long number)
    {
        if (!_entries.TryGetValue(key, out var entry)) return false;
        entry.Hear(number);
        return entry.Known is { } known && known.Number < number;
    }

    /// <summary>The answer that is under way for this key may be from before a change: it is asked for again before anybody has it.</summary>
    public void Doubt(TKey key)
    {
        if (_entries.TryGetValue(key, out var entry)) entry.Doubt();
    }

    /// <summary>Asks the owner now; what it stored before this call is held when the task has ended.</summary>
    /// <exception cref="Exception">The owner cannot be asked.</exception>
    public async Task RefreshAsync(TKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = EntryOf(key);
            Task? earlier;
            lock (entry.Gate) earlier = entry.Asking;
            // The question under way may have been answered before the change that the caller knows of.
            if (earlier is not null) await earlier.WaitAsync(cancellationToken);

            Task<ExceptionDispatchInfo?> asking;
            lock (entry.Gate)
            {
                if (entry.Dropped) continue;
                asking = entry.Asking is { } other && other != earlier ? other : entry.Asking = Start(key, entry);
            }
            (await asking.WaitAsync(cancellationToken))?.Throw();
            return;
        }
    }

    private async Task<TValue?> LookAsync(TKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = EntryOf(key);
            Standing standing;
            Task<ExceptionDispatchInfo?>? asking;
            lock (entry.Gate)
            {
                if (entry.Dropped) continue;
                standing = Judge(entry, entry.Known);
                if (standing is Standing.Fresh)
                {
                    _lookups.Hit();
                    return entry.Known!.Value;
                }
                var mayAsk = standing is Standing.Useless || clock.GetTimestamp() >= entry.NotBefore;
                if (entry.Asking is null && mayAsk) entry.Asking = Start(key, entry);
                asking = entry.Asking;
            }
            if (standing is Standing.Useless) _lookups.Miss();
            else _lookups.Stale();
            var failure = standing switch
            {
                Standing.Useless => await asking!.WaitAsync(cancellationToken), // one reader's cancellation ends only its own wait
                Standing.Outdated when asking is not null => await WaitAWhileAsync(asking, cancellationToken),
                _ => null,
            };
            if (failure is not null && Judge(entry, entry.Known) is Standing.Useless) failure.Throw();
            return entry.Known?.Value;
        }
    }

    private async Task<ExceptionDispatchInfo?> WaitAWhileAsync(Task<ExceptionDispatchInfo?> asking, CancellationToken cancellationToken)
    {
        if (rules.Patience == TimeSpan.Zero) return null;
        try
        {
            return await asking.WaitAsync(rules.Patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private Standing Judge(CacheEntry<TValue> entry, CacheEntry<TValue>.Knowledge? known)
    {
        if (known is null) return Standing.Useless;
        var age = clock.GetElapsedTime(known.AskedAt);
        if (known.Value is null) return age < rules.AbsenceLifetime && entry.Heard <= known.Number ? Standing.Fresh : Standing.Useless;
        return age >= rules.HardLimit ? Standing.Useless
            : entry.Heard > known.Number ? Standing.Outdated
            : age >= rules.Lifetime ? Standing.Expired
            : Standing.Fresh;
    }

    private CacheEntry<TValue> EntryOf(TKey key) => _entries.GetOrAdd(key, static _ => new CacheEntry<TValue>());

    /// <summary>Under the entry's gate, with nothing under way.</summary>
    private Task<ExceptionDispatchInfo?> Start(TKey key, CacheEntry<TValue> entry)
    {
        var asker = Activity.Current?.Context ?? default;
        if (ExecutionContext.IsFlowSuppressed()) return Task.Run(() => AskAsync(key, entry, asker));
        // Whoever happens to ask first does not lend the question its identity: the answer is everybody's.
        using (ExecutionContext.SuppressFlow()) return Task.Run(() => AskAsync(key, entry, asker));
    }

    private async Task<ExceptionDispatchInfo?> AskAsync(TKey key, CacheEntry<TValue> entry, ActivityContext asker)
    {
        using var activity = KindredTelemetry.Activities.StartActivity(_question, ActivityKind.Internal, asker);
        ExceptionDispatchInfo? failure = null;
        try
        {
            for (var question = 1; ; question++)
            {
                var (heard, doubts) = (entry.Heard, entry.Doubts);
                var reached = await AskOnceAsync(key, entry, heard);
                var isDoubted = entry.Doubts != doubts;
                if (reached >= entry.Heard && !isDoubted) break;
                if (question == rules.MaxQuestions)
                {
                    entry.Believe(entry.Known!.Number, heard);
                    break;
                }
                // A push that came during the question may be answered at once; one that came before it needs a moment.
                if (entry.Heard == heard && !isDoubted) await Task.Delay(rules.AskAgainAfter, clock);
            }
        }
        catch (Exception thrown)
        {
            failure = ExceptionDispatchInfo.Capture(thrown);
        }
        lock (entry.Gate)
        {
            entry.Asking = null;
            entry.NotBefore = failure is null && entry.Known is { } known && clock.GetElapsedTime(known.AskedAt) < rules.Lifetime
                ? long.MinValue
                : clock.GetTimestamp() + (long)(rules.RetryAfter.TotalSeconds * clock.TimestampFrequency);
        }
        if (entry.Known is null) DropUnlessUsed(key, entry);
        else if (entry.Known.Value is null) RememberAbsence(key, entry);
        return failure;
    }

    /// <returns>The number that the answer is of; -1 when it is older than what is held, which stays.</returns>
    private async Task<long> AskOnceAsync(TKey key, CacheEntry<TValue> entry, long heard)
    {
        var askedAt = clock.GetTimestamp();
        var held = entry.Known;
        var answer = await ask(key, held?.Value);
        if (answer is null)
        {
            // Absence has no number; but what was heard before the question, the owner knew when it answered.
            Keep(key, entry, new(null, heard, askedAt));
            return heard;
        }
        var isOlder = held?.Value is not null && answer.Number < held.Number;
        if (isOlder && clock.GetElapsedTime(held!.AskedAt) < rules.HardLimit) return -1;
        Keep(key, entry, new(await answer.Take(held?.Value), answer.Number, askedAt));
        return answer.Number;
    }

    private void Keep(TKey key, CacheEntry<TValue> entry, CacheEntry<TValue>.Knowledge next)
    {
        TValue? left;
        lock (entry.Gate)
        {
            left = entry.Known?.Value;
            entry.Known = next;
            if (left is null && next.Value is not null) Interlocked.Increment(ref _values);
            if (left is not null && next.Value is null) Interlocked.Decrement(ref _values);
        }
        if (left is not null && left != next.Value) release?.Invoke(left);
        if (Volatile.Read(ref _values) > rules.MaxValues) EvictOldest(key);
    }

    /// <summary>A sixteenth at a time, so that the scan is paid once per many answers.</summary>
    private void EvictOldest(TKey newest)
    {
        lock (_evicting)
        {
            var excess = Volatile.Read(ref _values) - rules.MaxValues;
            if (excess <= 0) return;
            var oldest = _entries
                .Where(entry => entry.Value.Known?.Value is not null && !entry.Key.Equals(newest))
                .OrderBy(entry => entry.Value.Known?.AskedAt)
                .Take(excess + rules.MaxValues / 16);
            foreach (var (key, entry) in oldest.ToArray()) DropUnlessUsed(key, entry);
        }
    }

    private void RememberAbsence(TKey key, CacheEntry<TValue> entry)
    {
        _absences.Enqueue(KeyValuePair.Create(key, entry));
        while (_absences.Count > rules.MaxAbsences && _absences.TryDequeue(out var oldest))
        {
            if (oldest.Value.Known?.Value is null) DropUnlessUsed(oldest.Key, oldest.Value);
        }
    }

    private void DropUnlessUsed(TKey key, CacheEntry<TValue> entry)
    {
        TValue? left;
        lock (entry.Gate)
        {
            if (entry.Dropped || entry.Asking is not null) return;
            entry.Dropped = true;
            left = entry.Known?.Value;
            if (left is not null) Interlocked.Decrement(ref _values);
            _entries.TryRemove(KeyValuePair.Create(key, entry));
        }
        if (left is not null) release?.Invoke(left);
    }
}
