using Kindred.Numerics.Sparse;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Members;

/// <summary>How sequence statistics are counted.</summary>
/// <param name="MaxLag">Steps between two items, at most.</param>
/// <param name="LagPower">A pair that is l steps apart counts l^-LagPower.</param>
/// <param name="FromPower">Divides by the earlier item's number of occurrences to this power.</param>
/// <param name="ToPower">Divides by the later item's number of occurrences to this power.</param>
internal sealed record SequenceStatistics(int MaxLag = 20, double LagPower = 0.75, double FromPower = 0.7, double ToPower = 0.2)
{
    /// <summary>For each item, how strongly others follow it: Σ over pairs of weight · lag^-p / (n_from^f · n_to^t).</summary>
    public SparseRows Train(Sequences sequences, int maxPerRow, TrainingRun run)
    {
        var occurrences = SparsePattern.PositionsByColumn(sequences.Items, sequences.ItemCount);
        var (from, to) = (Powers(occurrences, FromPower), Powers(occurrences, ToPower));
        var lags = new float[MaxLag + 1];
        for (var lag = 1; lag <= MaxLag; lag++)
            lags[lag] = (float)Math.Pow(lag, -LagPower);
        return SparseRowsBuilder.Build(sequences.ItemCount, sequences.ItemCount, maxPerRow, run.Threads, (item, sums) =>
        {
            foreach (var position in occurrences.Row(item))
                AddFollowers(sequences, position, lags, sums);
            foreach (var other in sums.Touched)
                sums[other] *= from[item] * to[other];
        }, run.CancellationToken);
    }

    private static void AddFollowers(Sequences sequences, int position, float[] lags, RowAccumulator sums)
    {
        var items = sequences.Items;
        var item = items[position];
        for (var lag = 1; lag < lags.Length; lag++)
        {
            var other = items[position + lag];
            if (other == Sequences.End)
                return;
            if (other != item)
                sums.Add(other, lags[lag] * sequences.Weights[position + lag]);
        }
    }

    private static float[] Powers(SparsePattern occurrences, double power)
    {
        var powers = new float[occurrences.RowCount];
        for (var item = 0; item < powers.Length; item++)
            powers[item] = (float)Math.Pow(Math.Max(1, occurrences.Starts[item + 1] - occurrences.Starts[item]), -power);
        return powers;
    }
}
