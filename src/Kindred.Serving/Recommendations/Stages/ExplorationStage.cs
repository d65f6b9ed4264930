namespace Kindred.Serving.Recommendations.Stages;

/// <summary>Chooses the items that the model has not met and that this user shall see.</summary>
internal static class ExplorationStage
{
    public static void Run(RecommendationWork work)
    {
        var query = work.Query;
        if (work.NewItems is not { Count: > 0 } newItems || query.UserId is not { } userId) return;
        var since = (query.Now - query.Exploration.AgeCutOff).ToUnixTimeSeconds();
        var room = work.ExploredRoom[..(int)Math.Ceiling(query.Exploration.Weight * query.Count)];
        work.ExploredCount = newItems.Rank(work.Space, userId, work.History, work.Met, work.Excluded, since, room);
    }
}
