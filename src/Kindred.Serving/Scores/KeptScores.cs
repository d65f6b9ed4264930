using System.Buffers;
using Kindred.Recipes;

namespace Kindred.Serving.Scores;

/// <summary>What a model said for one query. The array goes back to the pool when the cache and the last reader have let go of it.</summary>
/// <param name="scores">From the shared pool, shape [items] or longer.</param>
internal sealed class KeptScores(float[] scores, ScoreSummary summary)
{
    private int _holders = 1;
    private volatile bool _wasUsed;

    /// <summary>One per item of the model. Read only: others read it too.</summary>
    public float[] Scores => scores;
    public ScoreSummary Summary => summary;
    public long Bytes => (sizeof(float) * (long)scores.Length) + ScoreCache.EntryBytes;

    /// <summary>Whether somebody asked for it since this was set to false.</summary>
    public bool WasUsed { get => _wasUsed; set => _wasUsed = value; }

    /// <returns>False when nobody holds it any more: then it is not to be read.</returns>
    public bool TryHold()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders) return true;
            holders = seen;
        }
        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0) ArrayPool<float>.Shared.Return(scores);
    }
}
