namespace Kindred.Recipes.Actions;

/// <summary>How often each action was offered and taken, over all users.</summary>
/// <param name="Offered">Episodes, shape [actions].</param>
/// <param name="Taken">Episodes that ended with the action taken, shape [actions].</param>
internal sealed record ActionCounts(float[] Offered, float[] Taken)
{
    private const double PriorOffers = 10;

    /// <summary>Share of offers that were taken, drawn towards that of all actions where there are few.</summary>
    public double RateOf(int action)
    {
        var (offered, taken) = (0.0, 0.0);
        foreach (var count in Offered)
            offered += count;
        foreach (var count in Taken)
            taken += count;
        var mean = (taken + 1) / (offered + 2);
        return (Taken[action] + PriorOffers * mean) / (Offered[action] + PriorOffers);
    }
}
