using Kindred.Recipes;

namespace Kindred.Serving.Recommendations.Stages;

/// <summary>Reads what the user did and scores the model's items for the query.</summary>
internal static class CandidateStage
{
    public static void Run(RecommendationWork work)
    {
        var (query, model) = (work.Query, work.Model.Model);
        if (!work.IsPersonal)
        {
            if (!work.IsRelated) work.Summary = model.Score(default, work.Scores);
            // Without relations nothing is a candidate, and the list is filled up.
            else if (work.SeedItem < 0 || !TryRelate(model, query, work.SeedItem, work.Scores)) work.Scores.Fill(float.NegativeInfinity);
            return;
        }
        work.ReadHistory(query.UserId!);
        work.ScoreForUser();
        work.IsFallback = work.History.IsEmpty && !model.KnowsUser(work.User);
    }

    private static bool TryRelate(ITrainedModel model, RecommendationQuery query, int item, Span<float> scores) =>
        model.TryScoreRelated(
            new RelatedQuery(item)
            {
                PopularityInfluence = (float)(query.Influence?.GetValueOrDefault("POPULARITY") ?? 0),
                FreshnessInfluence = (float)(query.Influence?.GetValueOrDefault("FRESHNESS") ?? 0),
            }, scores);
}
