using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kindred.Contracts.Telemetry;
using Kindred.Recipes;

namespace Kindred.Serving.Scores;

/// <summary>
/// The scores of one model that are kept. When it has to give way, what was not asked for again goes first (second chance, oldest first). Safe for any
/// number of concurrent callers.
/// </summary>
internal sealed class ModelScores(ScoreCache cache, ITrainedModel model) : IDisposable
{
    private static readonly CacheMetrics Lookups = CacheMetrics.Of("scores");

    /// <summary>Nobody can choose ids that meet under one key.</summary>
    private static readonly long Seed = Random.Shared.NextInt64();

    private readonly ConcurrentDictionary<UInt128, KeptScores> _kept = [];
    private readonly ConcurrentQueue<UInt128> _order = [];
    private long _bytes;

    /// <summary>Memory of what is kept of this model.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Of everything that the model's scores depend on: who asks, the history, and the context as far as the model looks at it.</summary>
    public UInt128 KeyOf(in ScoreQuery query)
    {
        Span<UInt128> parts = stackalloc UInt128[2];
        parts[0] = XxHash128.HashToUInt128(query.User, Seed);
        parts[1] = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(query.History), Seed);
        var key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(parts), Seed);
        if (query.Context is not { } context) return key;
        foreach (var column in model.ContextColumns)
        {
            var value = context.Find(column);
            parts[0] = key;
            // No value is not an empty one.
            parts[1] = value is null ? 0 : XxHash128.HashToUInt128(MemoryMarshal.AsBytes(value.AsSpan()), Seed) | 1;
            key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(parts), Seed);
        }
        return key;
    }

    /// <returns>Whether the scores are kept; the caller releases them.</returns>
    public bool TryHold(UInt128 key, [NotNullWhen(true)] out KeptScores? kept)
    {
        if (_kept.TryGetValue(key, out kept) && kept.TryHold())
        {
            if (!kept.WasUsed) kept.WasUsed = true;
            Lookups.Hit();
            return true;
        }
        kept = null;
        Lookups.Miss();
        return false;
    }

    /// <summary>Keeps what the model said.</summary>
    /// <param name="key">Of the query.</param>
    /// <param name="scores">From the shared pool; no longer the caller's.</param>
    /// <param name="summary">What the model said of them.</param>
    /// <returns>The same, which the caller releases.</returns>
    public KeptScores Add(UInt128 key, float[] scores, ScoreSummary summary)
    {
        // Every answer of a recipe with scores needs their sum.
        if (model.HasScores) summary = new ScoreSummary(summary.LogSumOver(scores.AsSpan(0, model.Items.Count)));
        var kept = new KeptScores(scores, summary);
        kept.TryHold();
        if (!_kept.TryAdd(key, kept))
        {
            kept.Release(); // another request computed the same at the same time
            return kept;
        }
        _order.Enqueue(key);
        Count(kept.Bytes);
        cache.MakeRoom();
        return kept;
    }

    /// <returns>False when nothing is kept.</returns>
    public bool TryDropOne()
    {
        for (var chances = _order.Count; _order.TryDequeue(out var key); chances--)
        {
            if (!_kept.TryGetValue(key, out var kept)) continue;
            if (kept.WasUsed && chances > 0)
            {
                kept.WasUsed = false;
                _order.Enqueue(key);
                continue;
            }
            if (!_kept.TryRemove(KeyValuePair.Create(key, kept))) continue;
            Count(-kept.Bytes);
            kept.Release();
            return true;
        }
        return false;
    }

    public void Dispose()
    {
        cache.Forget(this);
        while (TryDropOne())
        {
        }
    }

    private void Count(long difference)
    {
        Interlocked.Add(ref _bytes, difference);
        cache.Count(difference);
    }
}
