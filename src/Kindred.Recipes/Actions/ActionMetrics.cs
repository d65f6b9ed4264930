using Kindred.Recipes.Training;

namespace Kindred.Recipes.Actions;

/// <summary>Precision, recall and area under the ROC curve, averaged per scored action, on episodes newer than those of the training.</summary>
/// <remarks>A user is predicted to take an action when their propensity is above the action's own rate.</remarks>
internal static class ActionMetrics
{
    public static IReadOnlyDictionary<string, double> Measure(
        ActionExamples examples, int from, Propensity propensity, ActionCounts counts, bool[] isEligible, TrainingRun run)
    {
        run.CancellationToken.ThrowIfCancellationRequested();
        var (precisions, recalls, areas) = (new List<double>(), new List<double>(), new List<double>());
        var rows = from < examples.Count ? examples.Rows(from, examples.Count) : null;
        for (var action = 0; action < isEligible.Length && rows is not null; action++)
        {
            if (!isEligible[action])
                continue;
            var rate = counts.RateOf(action);
            var scored = Enumerable.Range(from, examples.Count - from).Where(i => examples.ActionOf(i) == action)
                .Select(i => (Propensity: propensity.Of(rows.Row(i - from), rate), IsTaken: examples.LabelOf(i) > 0)).ToArray();
            var (taken, predicted) = (scored.Count(one => one.IsTaken), scored.Count(one => one.Propensity > rate));
            if (taken == 0 || taken == scored.Length)
                continue; // nothing to tell apart
            var hits = scored.Count(one => one.IsTaken && one.Propensity > rate);
            precisions.Add(predicted == 0 ? 0 : (double)hits / predicted);
            recalls.Add((double)hits / taken);
            areas.Add(Area(scored));
        }
        return new Dictionary<string, double>
        {
            ["coverage"] = isEligible.Length == 0 ? 0 : (double)isEligible.Count(eligible => eligible) / isEligible.Length,
            ["precision"] = Mean(precisions), ["recall"] = Mean(recalls), ["auc"] = Mean(areas),
        };
    }

    /// <summary>Probability that one who took the action has a higher propensity than one who did not; a tie counts half.</summary>
    internal static double Area((double Propensity, bool IsTaken)[] scored)
    {
        var (area, negativesBelow) = (0.0, 0L);
        foreach (var tie in scored.GroupBy(one => one.Propensity).OrderBy(group => group.Key))
        {
            var (positives, negatives) = (tie.Count(one => one.IsTaken), tie.Count(one => !one.IsTaken));
            area += positives * (negativesBelow + negatives / 2.0);
            negativesBelow += negatives;
        }
        return area / (negativesBelow * (double)(scored.Length - negativesBelow));
    }

    private static double Mean(List<double> values) => values.Count == 0 ? 0 : values.Average();
}
