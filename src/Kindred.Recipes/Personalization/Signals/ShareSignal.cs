using Kindred.Numerics.Probability;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.Personalization.Signals;

/// <summary>
/// A member whose scores are amounts (similarities, reconstructed preferences): an item's probability is its share of all positive
/// amounts, smoothed with popularity as in <see cref="View"/>.
/// </summary>
internal sealed class ShareSignal(string name, IMember member, ReadOnlyMemory<float> inverseShares, float priorWeight) : ISignal
{
    public string Name => name;
    public float PriorWeight => priorWeight;
    public bool IsRecency => false;

    public void Add(in HistoryView history, float weight, SignalScratch scratch, Span<float> scores)
    {
        var amounts = scratch.Dense.AsSpan(0, scores.Length);
        member.Score(history.Query, amounts);
        MixtureOdds.Add(amounts, inverseShares.Span, View.Smoothing, weight, scores);
    }
}
