namespace Kindred.Serving.Recommendations.Stages;

/// <summary>
/// Spreads the explored items evenly among the others: after every place, their share so far is the weight rounded down, so a small
/// list is not led by them.
/// </summary>
internal static class BlendStage
{
    private static readonly IReadOnlyList<string> Exploration = ["Exploration"];

    public static void Run(RecommendationWork work)
    {
        if (work.ExploredCount == 0) return;
        var (count, weight) = (work.Query.Count, work.Query.Exploration.Weight);
        var familiar = work.Places;
        var explored = work.Explored;
        // A score of 0 says that the model did not score them.
        double? score = work.Model.Model.HasScores ? 0 : null;
        var reason = work.Model.Recipe.IsV2 ? Exploration : null;
        var blended = new PlaceList(count);
        var (f, e) = (0, 0);
        while (blended.Count < count)
        {
            // A new item may also be scored, by its metadata: it is shown once, as an exploration.
            while (f < familiar.Length && explored.Contains(familiar[f].Item)) f++;
            if (e < explored.Length && (f == familiar.Length || (int)((blended.Count + 1) * weight) > e))
                blended.Add(new Place(explored[e++], -1, score, reason));
            else if (f < familiar.Length) blended.Add(familiar[f++]);
            else break;
        }
        work.Replace(blended);
    }
}
