using System.Numerics.Tensors;

namespace Kindred.Recipes.Personalization;

/// <summary>A held-out user with their candidates.</summary>
/// <param name="Items">The targets that are among them, then the others.</param>
/// <param name="Columns">What each signal says about each candidate, and last log q; shape [signals + 1, candidates].</param>
/// <param name="Weight">Weight of the targets' event types.</param>
/// <param name="Found">How many targets are among the candidates.</param>
/// <param name="Targets">How many targets there are: one, or the new items of a basket.</param>
/// <param name="Case">Who it is.</param>
internal sealed record PooledUser(int[] Items, float[] Columns, float Weight, int Found, int Targets, HeldOut Case)
{
    public const int Cut = 10;

    public bool IsFound => Found > 0;

    public ReadOnlySpan<float> Column(int signal) => Columns.AsSpan(signal * Items.Length, Items.Length);

    /// <summary>The mean over the targets that are among the candidates.</summary>
    public float OfTargets(ReadOnlySpan<float> column) => Found == 1 ? column[0] : TensorPrimitives.Sum(column[..Found]) / Found;

    /// <summary>The same candidates with only some of the columns.</summary>
    public PooledUser Of(int[] columns) => this with { Columns = [.. columns.SelectMany(column => Column(column).ToArray())] };

    /// <summary>The score of each candidate under a blend, shape [candidates].</summary>
    public void Score(Blend blend, Span<float> scores)
    {
        TensorPrimitives.Multiply(Column(blend.Signals.Length), blend.Popularity, scores);
        for (var signal = 0; signal < blend.Signals.Length; signal++)
        {
            if (blend.Signals[signal] != 0)
                TensorPrimitives.MultiplyAdd(Column(signal), blend.Signals[signal], scores, scores);
        }
    }

    /// <summary>NDCG@10 of the targets; of a single one 1 / log2(1 + rank), 0 beyond rank 10.</summary>
    public double Gain(Blend blend)
    {
        if (!IsFound)
            return 0;
        Span<float> scores = stackalloc float[Items.Length];
        Score(blend, scores);
        return GainOf(scores);
    }

    /// <summary>Adds to each sum the weighted gain under a blend with another weight of one signal.</summary>
    /// <param name="blend">The blend.</param>
    /// <param name="signal">The signal; their number for the weight of popularity.</param>
    /// <param name="moved">What is tried as its weight.</param>
    /// <param name="sums">Added to, shape [moved].</param>
    public void AddGains(Blend blend, int signal, ReadOnlySpan<float> moved, Span<double> sums)
    {
        if (!IsFound)
            return;
        Span<float> others = stackalloc float[Items.Length];
        Span<float> scores = stackalloc float[Items.Length];
        Score(blend, others);
        TensorPrimitives.MultiplyAdd(Column(signal), -blend[signal], others, others);
        for (var i = 0; i < moved.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(Column(signal), moved[i], others, scores);
            sums[i] += Weight * GainOf(scores);
        }
    }

    /// <summary>The gain when the candidates have these scores; equal scores by ascending item.</summary>
    public double GainOf(ReadOnlySpan<float> scores)
    {
        var (gain, ideal) = (0.0, 0.0);
        for (var target = 0; target < Found; target++)
        {
            var rank = 1;
            for (var i = 0; i < scores.Length; i++)
            {
                if (scores[i] > scores[target] || (scores[i] == scores[target] && Items[i] < Items[target]))
                    rank++;
            }
            gain += rank <= Cut ? 1 / Math.Log2(1 + rank) : 0;
        }
        for (var place = 1; place <= Math.Min(Cut, Targets); place++)
            ideal += 1 / Math.Log2(1 + place);
        return gain / ideal;
    }
}
