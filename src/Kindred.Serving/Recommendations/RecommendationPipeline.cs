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
        using var work = new RecommendationWork(query, model, group);
        CandidateStage.Run(work);
        ExclusionStage.Run(work);
        ExplorationStage.Run(work);
        if (query.Given is { } given)
        {
            OrderStage.Run(work, given);
        }
        else
        {
            TopStage.Run(work);
            FillStage.Run(work);
            BlendStage.Run(work);
            PromotionStage.Run(work);
        }
        return AnswerStage.Run(work);
    }
}
