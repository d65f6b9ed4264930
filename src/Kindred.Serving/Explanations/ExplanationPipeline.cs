using Kindred.Recipes;
using Kindred.Recipes.Explanations;
using Kindred.Serving.Groups;
using Kindred.Serving.Models;
using Kindred.Serving.Recommendations;
using Kindred.Serving.Recommendations.Stages;

namespace Kindred.Serving.Explanations;

/// <summary>Explains the answer to a query from an open model and a group's open data. Computes only.</summary>
internal static class ExplanationPipeline
{
    private const int MostPastItems = 3;

    public static AnswerExplanation Run(
        RecommendationQuery query, IReadOnlyList<string> itemIds, OpenModel model, GroupView group, CancellationToken cancellationToken)
    {
        using var work = new RecommendationWork(query, model, group);
        CandidateStage.Run(work);
        int[] items = [.. itemIds.Select(model.FindItem).Where(item => item >= 0).Distinct()];
        var members = MembersOf(work, items);
        var (past, weights) = work.IsPersonal && !work.History.IsEmpty ? LeaveOneOutWeights.Compute(work, items, cancellationToken) : ([], []);
        var names = model.Model.Items;
        return new AnswerExplanation(
            model.Recipe.Name, model.Model.Rung, work.IsFallback, past.Length,
            [.. items.Select((item, i) => new ItemExplanation(
                names[item], members[i],
                [.. past.Select((code, p) => (Code: code, Weight: weights[p][i])).Where(p => p.Code != item && p.Weight > 0)
                    .OrderByDescending(p => p.Weight).Take(MostPastItems).Select(p => new PastItemWeight(names[p.Code], p.Weight))]))]);
    }

    private static IReadOnlyList<MemberShare>[] MembersOf(RecommendationWork work, int[] items)
    {
        if (work.Model.Model is not IExplainableModel explainable) return [.. items.Select(static _ => Array.Empty<MemberShare>())];
        var names = explainable.Members;
        var contributions = new float[items.Length * names.Count];
        var query = new ScoreQuery { User = work.User, History = work.History, Context = work.Query.Context };
        if (!explainable.TryExplain(query, items, contributions)) return [.. items.Select(static _ => Array.Empty<MemberShare>())];
        return [.. items.Select((_, i) => names.Select((name, m) => new MemberShare(name, contributions[i * names.Count + m]))
            .OrderByDescending(share => share.Contribution).ToArray())];
    }
}
