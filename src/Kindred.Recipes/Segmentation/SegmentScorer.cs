using System.Numerics.Tensors;
using Kindred.Numerics.Ranking;
using Kindred.Recipes.Als;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Segmentation;

/// <summary>
/// Scores every user for a set of items, by two opinions: the factors of user and items, and a count, namely how often the user chose
/// among those items, or for a single item how active the user is.
/// </summary>
internal sealed class SegmentScorer
{
    private readonly ReadOnlyMemory<int> _starts;
    private readonly ReadOnlyMemory<int> _items;
    private readonly ReadOnlyMemory<float> _users;

    private SegmentScorer(AlsFactors factors, ReadOnlyMemory<float> users, ReadOnlyMemory<int> starts, ReadOnlyMemory<int> items) =>
        (Factors, _users, _starts, _items) = (factors, users, starts, items);

    public AlsFactors Factors { get; }
    public int UserCount => _starts.Length - 1;

    public static SegmentScorer Train(TrainingSet data, AlsOptions options, TrainingRun run)
    {
        var factors = AlsFactors.Train(data, options, run, out var users);
        var pattern = UserItems.Of(data.Interactions, HistoryItems.MaxItems, default).Pattern;
        return new SegmentScorer(factors, users, pattern.Starts, pattern.Columns);
    }

    /// <summary>The best users for the items, best first.</summary>
    /// <param name="isMatching">The items asked for, shape [items].</param>
    /// <param name="rule">How the opinions are mixed.</param>
    /// <param name="best">Receives users.</param>
    /// <returns>How many there are.</returns>
    public int Rank(ReadOnlySpan<bool> isMatching, SegmentRule rule, Span<int> best)
    {
        if (!isMatching.Contains(true))
            return 0;
        var (scores, counts) = (new float[UserCount], new float[UserCount]);
        ScoreFactors(isMatching, scores);
        ReadOnlySpan<int> starts = _starts.Span, items = _items.Span;
        var isChosen = new bool[UserCount];
        for (var user = 0; user < counts.Length; user++)
        {
            var own = items[starts[user]..starts[user + 1]];
            var matching = 0;
            foreach (var item in own)
                matching += isMatching[item] ? 1 : 0;
            isChosen[user] = matching > 0;
            counts[user] = MathF.Log(1 + (rule.CountsActivity ? own.Length : matching));
        }
        Mix(scores, counts, rule.CountShare);
        for (var user = 0; user < scores.Length; user++)
        {
            if (starts[user] == starts[user + 1])
                scores[user] = float.NegativeInfinity;
            else if (rule.PutsKnownLast && isChosen[user])
                scores[user] -= 1e4f; // scores are a few standard deviations
        }
        return TopK.Select(scores, [], best);
    }

    public void Write(ArtifactWriter writer)
    {
        Factors.Write(writer, "factors");
        writer.Tensor("users.factors", _users, columns: Factors.Stride).Tensor("users.starts", _starts).Tensor("users.items", _items);
    }

    public static SegmentScorer Read(ModelArtifact artifact, int itemCount, int userCount)
    {
        var factors = AlsFactors.Read(artifact, "factors", itemCount);
        using var lease = artifact.Lease();
        var (users, starts, items) =
            (artifact.Tensor<float>("users.factors"), artifact.Tensor<int>("users.starts"), artifact.Tensor<int>("users.items"));
        if (starts.Length != userCount + 1 || users.Length != (long)userCount * factors.Stride || starts.Span[^1] != items.Length
            || items.Span.ContainsAnyExceptInRange(0, itemCount - 1))
            throw new ModelArtifactException($"The users of the model artifact are not {userCount} with items among {itemCount}.");
        return new SegmentScorer(factors, users, starts, items);
    }

    private void ScoreFactors(ReadOnlySpan<bool> isMatching, Span<float> scores)
    {
        var query = new float[Factors.Stride];
        for (var item = 0; item < isMatching.Length; item++)
        {
            if (isMatching[item])
                TensorPrimitives.Add(query, Factors.ItemFactors(item), query);
        }
        var users = _users.Span;
        for (var user = 0; user < scores.Length; user++)
            scores[user] = TensorPrimitives.Dot(query, users.Slice(user * query.Length, query.Length));
    }

    /// <summary>Scores become (1 - share)·scores + share·counts, each in its own standard deviations.</summary>
    private static void Mix(Span<float> scores, ReadOnlySpan<float> counts, float share)
    {
        var (byFactors, byCount) = ((1 - share) / Deviation(scores), share / Deviation(counts));
        for (var user = 0; user < scores.Length; user++)
            scores[user] = (float)(byFactors * scores[user] + byCount * counts[user]);
    }

    private static double Deviation(ReadOnlySpan<float> values)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in values)
        {
            sum += value;
            squares += (double)value * value;
        }
        var mean = sum / values.Length;
        return Math.Max(1e-9, Math.Sqrt(Math.Max(0, squares / values.Length - mean * mean)));
    }
}
