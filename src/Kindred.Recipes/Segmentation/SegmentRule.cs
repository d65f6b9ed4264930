namespace Kindred.Recipes.Segmentation;

/// <summary>How users are ranked, as chosen on held-out interactions.</summary>
/// <param name="CountShare">Share of the count in the score, 0..1; the rest is what the factors say.</param>
/// <param name="CountsActivity">The count is that of all the user's items; else of those that were asked for.</param>
/// <param name="PutsKnownLast">Users who already chose one of the items come after all others: nobody comes back to an item.</param>
internal readonly record struct SegmentRule(float CountShare, bool CountsActivity, bool PutsKnownLast)
{
    private static readonly float[] Shares = [0, 0.25f, 0.5f, 0.75f, 1];

    public string Rung => CountShare switch
    {
        0 => "iALS",
        1 => CountsActivity ? "activity" : "counts",
        _ => CountsActivity ? "iALS + activity" : "iALS + counts",
    };

    /// <summary>The rules to choose from; the simplest first, so that a draw goes to it.</summary>
    public static IEnumerable<SegmentRule> Candidates(bool byAttributes) =>
        from last in Enumerable.Range(0, byAttributes ? 1 : 2)
        from share in Shares.Reverse()
        select new SegmentRule(share, !byAttributes, last == 1);
}
