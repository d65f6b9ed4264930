namespace Kindred.Serving.Recommendations.Stages;

/// <summary>Marks the items that may not be shown, of the model's and of the new ones alike.</summary>
internal static class ExclusionStage
{
    public static void Run(RecommendationWork work)
    {
        work.Query.BuiltIn?.Exclude(work, work.Excluded);
        work.Query.Filter?.Exclude(work, work.Excluded);
        if (work.SeedItem >= 0) work.Excluded.Set(work.SeedItem); // an item is not related to itself
    }
}
