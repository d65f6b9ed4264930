using Kindred.Contracts.Protocol.Runtime;
using Kindred.Serving.Groups;
using Kindred.Serving.Models;
using Kindred.Serving.Recommendations.Stages;

namespace Kindred.Serving.Recommendations;

/// <summary>Answers a query from an open model and a group's open data, stage by stage. Computes only.</summary>
internal static class RecommendationPipeline
{
    public static PredictedItem[] Run(RecommendationQuery query, OpenModel model, GroupView group)
    {
        using var work = Compute(query, model, group);
        return AnswerStage.Run(work);
    }

    /// <returns>The places of the answer in their working set, which the caller disposes.</returns>
    public static RecommendationWork Compute(RecommendationQuery query, OpenModel model, GroupView group)
    {
        var work = new RecommendationWork(query, model, group);
        try
        {
            Run(work);
            return work;
        }
        catch
        {
            work.Dispose();
            throw;
        }
    }

    private static void Run(RecommendationWork work)
    {
        CandidateStage.Run(work);
        ExclusionStage.Run(work);
        ExplorationStage.Run(work);
        if (work.Query.Given is { } given)
        {
            OrderStage.Run(work, given);
            return;
        }
        TopStage.Run(work);
        FillStage.Run(work);
        BlendStage.Run(work);
        PromotionStage.Run(work);
    }
}
