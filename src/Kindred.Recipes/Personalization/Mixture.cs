using System.Numerics.Tensors;
using Kindred.Numerics.Sparse;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>The members of the blend: one popularity, two item-to-item matrices, and the views that look through them.</summary>
/// <param name="Sequence">Sequence statistics.</param>
/// <param name="Neighbours">Item-kNN.</param>
/// <param name="LogShares">Popularity, shape [items].</param>
internal sealed record Mixture(SparseRows Sequence, SparseRows Neighbours, ReadOnlyMemory<float> LogShares)
{
    /// <summary>Newest steps of a history that any view looks at.</summary>
    public const int MaxSteps = 100;

    /// <summary>The views, in the order of a blend's weights: the last steps, the session, the long run, and the neighbours.</summary>
    public static readonly View[] Views = [new(12, 0.5), new(32, 0.8), new(MaxSteps, 0.97), new(50, 0.9)];

    private const int NeighbourView = 3;
    private static readonly SparseRows Nothing = new(new int[1], Array.Empty<int>(), Array.Empty<float>());

    private readonly float[] _inverseShares = Inverse(LogShares.Span);

    public int ItemCount => LogShares.Length;

    /// <summary>Trains the members that a blend can use.</summary>
    /// <param name="log">The interactions.</param>
    /// <param name="statistics">How sequence statistics are counted.</param>
    /// <param name="blend">Members of weight 0 are left out; null = all members.</param>
    /// <param name="run">Threads, progress and cancellation.</param>
    public static Mixture Train(InteractionLog log, SequenceStatistics statistics, Blend? blend, TrainingRun run)
    {
        run.Report(0, "counting users");
        var perItem = Rows.MaxPerItem(log.ItemIds.Count);
        var shares = ItemPopularity.LogShares(ItemPopularity.CountUsers(log));
        run.Report(0.1, "counting sequences");
        var sequence = blend is null || blend.UsesSequence ? statistics.Train(Sequences.Of(log), perItem, run) : Nothing;
        run.Report(0.4, "counting co-occurrences");
        var neighbours = blend is null || blend.UsesNeighbours
            ? new ItemNeighbours().Train(UserItems.Of(log, ItemNeighbours.MaxItemsPerUser, default), perItem, run)
            : Nothing;
        run.Report(1, "members trained");
        return new Mixture(sequence, neighbours, shares);
    }

    /// <summary>Adds what one view says about a user to the scores: weight · log(p / (λ·q)).</summary>
    public void AddView(int view, ReadOnlySpan<int> steps, float weight, RowAccumulator sums, Span<float> scores)
    {
        Views[view].Accumulate(view == NeighbourView ? Neighbours : Sequence, steps, sums);
        View.AddLogOdds(sums, _inverseShares, weight, scores);
    }

    private static float[] Inverse(ReadOnlySpan<float> logShares)
    {
        var inverse = new float[logShares.Length];
        TensorPrimitives.Negate(logShares, inverse);
        TensorPrimitives.Exp(inverse, inverse);
        return inverse;
    }
}
