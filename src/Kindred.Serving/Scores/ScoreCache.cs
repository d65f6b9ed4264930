using System.Collections.Concurrent;
using Kindred.Recipes;

namespace Kindred.Serving.Scores;

/// <summary>
/// Scores that models gave, kept for those who ask again, within <see cref="ServingOptions.ScoreCacheBytes"/> for all models together. Scores are kept
/// under everything that they depend on (<see cref="ModelScores.KeyOf"/>), so they are never stale: an event makes another key.
/// </summary>
public sealed class ScoreCache(ServingOptions options)
{
    /// <summary>What an entry takes beside its scores, about.</summary>
    internal const int EntryBytes = 200;

    /// <summary>A catalogue of which so few entries would fit is not worth keeping any.</summary>
    private const int FewestEntries = 64;

    private readonly ConcurrentDictionary<ModelScores, byte> _models = [];
    private long _bytes;

    /// <summary>Memory of what is kept.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>A place for the scores of a model, which disposes it.</summary>
    /// <returns>Null when its scores are too many to be kept.</returns>
    internal ModelScores? For(ITrainedModel model)
    {
        if (sizeof(float) * (long)model.Items.Count > options.ScoreCacheBytes / FewestEntries) return null;
        var scores = new ModelScores(this, model);
        _models.TryAdd(scores, 0);
        return scores;
    }

    internal void Forget(ModelScores scores) => _models.TryRemove(scores, out _);

    internal void Count(long difference) => Interlocked.Add(ref _bytes, difference);

    /// <summary>Lets the model that keeps most give way: so nobody's many users take what a few users of another tenant have.</summary>
    internal void MakeRoom()
    {
        while (Bytes > options.ScoreCacheBytes)
        {
            if (Largest() is not { } largest || !largest.TryDropOne()) return;
        }
    }

    private ModelScores? Largest()
    {
        ModelScores? largest = null;
        // Not over Keys, which locks and copies: every miss of a full cache comes here.
        foreach (var (scores, _) in _models)
            if (scores.Bytes > (largest?.Bytes ?? -1)) largest = scores;
        return largest;
    }
}
