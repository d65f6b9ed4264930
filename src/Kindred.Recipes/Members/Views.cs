using System.Runtime.Intrinsics;
using Kindred.Numerics.Probability;
using Kindred.Numerics.Sparse;

namespace Kindred.Recipes.Members;

/// <summary>
/// Several views through one matrix, which differ in how many steps count and how fast they fade: its rows are walked once for all of them.
/// </summary>
internal sealed class Views
{
    private const int BlockItems = 128;

    private readonly View[] _views;
    private readonly int _longest;

    /// <param name="views">Up to <see cref="LaneSums.Lanes"/>.</param>
    public Views(params View[] views)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(views.Length, LaneSums.Lanes);
        (_views, _longest) = (views, views.Max(view => view.Length));
    }

    /// <summary>Adds what each view says, as <see cref="View.Accumulate"/> and <see cref="View.AddLogOdds"/> would for one after the other.</summary>
    /// <param name="rows">Item-to-item matrix.</param>
    /// <param name="steps">Items, oldest first, no item twice in a row.</param>
    /// <param name="sums">All zeros, and again afterwards.</param>
    /// <param name="inverseShares">1/q of each item, shape [items].</param>
    /// <param name="weights">Weight of each view.</param>
    /// <param name="scores">Added to, shape [items].</param>
    public void Add(
        SparseRows rows, ReadOnlySpan<int> steps, LaneSums sums, ReadOnlySpan<float> inverseShares, ReadOnlySpan<float> weights, Span<float> scores)
    {
        Span<float> logs = stackalloc float[BlockItems * LaneSums.Lanes];
        var weightOf = Lanes(weights);
        var scales = Accumulate(rows, steps, sums);
        for (var rest = sums.Touched; !rest.IsEmpty; rest = rest[Math.Min(BlockItems, rest.Length)..])
        {
            var items = rest[..Math.Min(BlockItems, rest.Length)];
            Log(items, sums, scales, inverseShares, logs);
            for (var i = 0; i < items.Length; i++)
                scores[items[i]] += Vector128.Sum(weightOf * Vector128.LoadUnsafe(in logs[i * LaneSums.Lanes]));
        }
        sums.Clear();
    }

    /// <summary>As <see cref="Add"/>, each view of weight 1 to scores of its own.</summary>
    /// <param name="rows">Item-to-item matrix.</param>
    /// <param name="steps">Items, oldest first, no item twice in a row.</param>
    /// <param name="sums">All zeros, and again afterwards.</param>
    /// <param name="inverseShares">1/q of each item, shape [items].</param>
    /// <param name="columns">Added to, shape [views][items].</param>
    public void AddEach(SparseRows rows, ReadOnlySpan<int> steps, LaneSums sums, ReadOnlySpan<float> inverseShares, ReadOnlySpan<float[]> columns)
    {
        Span<float> logs = stackalloc float[BlockItems * LaneSums.Lanes];
        var scales = Accumulate(rows, steps, sums);
        for (var rest = sums.Touched; !rest.IsEmpty; rest = rest[Math.Min(BlockItems, rest.Length)..])
        {
            var items = rest[..Math.Min(BlockItems, rest.Length)];
            Log(items, sums, scales, inverseShares, logs);
            for (var view = 0; view < _views.Length; view++)
            {
                for (var i = 0; i < items.Length; i++)
                    columns[view][items[i]] += logs[i * LaneSums.Lanes + view];
            }
        }
        sums.Clear();
    }

    /// <returns>(1-λ)/(λ·Σs) of each view; 0 where there is nothing.</returns>
    private Vector128<float> Accumulate(SparseRows rows, ReadOnlySpan<int> steps, LaneSums sums)
    {
        Span<double> state = stackalloc double[LaneSums.Lanes];
        Span<float> scales = stackalloc float[LaneSums.Lanes];
        state.Fill(1);
        for (var age = 0; age < steps.Length && age < _longest; age++)
        {
            scales.Clear();
            for (var view = 0; view < _views.Length; view++)
            {
                scales[view] = age < _views[view].Length ? (float)state[view] : 0;
                state[view] *= _views[view].Decay;
            }
            rows.Row(steps[steps.Length - 1 - age], out var columns, out var values);
            sums.AddScaled(columns, values, Vector128.Create<float>(scales));
        }
        sums.Sum(state);
        for (var view = 0; view < scales.Length; view++)
            scales[view] = state[view] > 0 ? (float)((1 - View.Smoothing) / (View.Smoothing * state[view])) : 0;
        return Vector128.Create<float>(scales);
    }

    private static void Log(ReadOnlySpan<int> items, LaneSums sums, Vector128<float> scales, ReadOnlySpan<float> inverseShares, Span<float> logs)
    {
        for (var i = 0; i < items.Length; i++)
            (scales * sums[items[i]] * Vector128.Create(inverseShares[items[i]])).StoreUnsafe(ref logs[i * LaneSums.Lanes]);
        var used = logs[..(items.Length * LaneSums.Lanes)];
        LogOnePlus.Compute(used, used);
    }

    private static Vector128<float> Lanes(ReadOnlySpan<float> weights)
    {
        Span<float> lanes = stackalloc float[LaneSums.Lanes];
        lanes.Clear();
        weights.CopyTo(lanes);
        return Vector128.Create<float>(lanes);
    }
}
