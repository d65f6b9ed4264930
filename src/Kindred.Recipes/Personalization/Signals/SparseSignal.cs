using Kindred.Numerics.Sparse;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.Personalization.Signals;

/// <summary>A history looked at through a sparse item-to-item matrix. Costs what the history touches, whatever the size of the catalogue.</summary>
internal sealed class SparseSignal(
    string name, View view, SparseRows rows, ReadOnlyMemory<float> inverseShares, float priorWeight, bool isRecency) : ISignal
{
    public string Name => name;
    public float PriorWeight => priorWeight;
    public bool IsRecency => isRecency;

    public void Add(in HistoryView history, float weight, SignalScratch scratch, Span<float> scores)
    {
        view.Accumulate(rows, history.Steps, scratch.Sums);
        View.AddLogOdds(scratch.Sums, inverseShares.Span, weight, scores);
    }
}
