using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// How likely the next interaction is one with an item met before, by how long ago that was and how often: counted over the newest
/// interactions of all users.
/// </summary>
internal sealed class RepeatHabit
{
    /// <summary>Different items back from the newest that are told apart from "long ago".</summary>
    public const int MaxDepth = 256;

    private const int DepthBuckets = 10;
    private const int CountBuckets = 4;
    private const int PositionsPerUser = 20;
    private const long MaxVisits = 40_000_000;
    private readonly float[] _logHazards;

    private RepeatHabit(float[] logHazards) => _logHazards = logHazards;

    /// <summary>Log of the probability that the next interaction is with one particular item met before.</summary>
    /// <param name="depth">Different items met since, 0 = the newest.</param>
    /// <param name="count">How often it was met, at least 1.</param>
    public float LogHazard(int depth, int count) => _logHazards[Bucket(depth, count)];

    public static RepeatHabit Count(InteractionLog log)
    {
        var (hits, chances) = (new long[DepthBuckets * CountBuckets], new long[DepthBuckets * CountBuckets]);
        var met = new MetItems(log.ItemIds.Count);
        var visits = 0L;
        for (var user = 0; user < log.UserIds.Count && visits < MaxVisits; user++)
        {
            var (start, end) = (log.UserStarts[user], log.UserStarts[user + 1]);
            for (var i = end - 1; i > start && i >= end - PositionsPerUser && visits < MaxVisits; i--)
            {
                met.Look(log.Items[start..i]);
                visits += i - start;
                for (var depth = 0; depth < met.Items.Length; depth++)
                {
                    var bucket = Bucket(depth, met.Counts[depth]);
                    chances[bucket]++;
                    hits[bucket] += met.Items[depth] == log.Items[i] ? 1 : 0;
                }
            }
        }
        return new RepeatHabit(LogHazards(hits, chances));
    }

    public void Write(ArtifactWriter writer, string prefix) => writer.Tensor<float>($"{prefix}.log_hazards", _logHazards);

    /// <exception cref="ModelArtifactException">Missing or of another size.</exception>
    public static RepeatHabit Read(ModelArtifact artifact, string prefix)
    {
        var hazards = artifact.Tensor<float>($"{prefix}.log_hazards").ToArray();
        return hazards.Length == DepthBuckets * CountBuckets
            ? new RepeatHabit(hazards)
            : throw new ModelArtifactException(
                $"The model artifact has {hazards.Length} repeat habits; {DepthBuckets * CountBuckets} were expected.");
    }

    // A bucket that was hardly seen is taken for half as bold as all buckets together.
    private static float[] LogHazards(long[] hits, long[] chances)
    {
        const double Doubt = 20;
        var overall = (hits.Sum() + 0.01) / (chances.Sum() + 10.0) / 2;
        return [.. hits.Select((hit, bucket) => (float)Math.Log((hit + Doubt * overall) / (chances[bucket] + Doubt)))];
    }

    private static int Bucket(int depth, int count) =>
        CountBuckets * (depth < 4 ? depth : Math.Min(DepthBuckets - 1, 2 + int.Log2(depth))) + (count < 3 ? count - 1 : count < 6 ? 2 : 3);
}
