using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Popularity;

/// <summary>How many different users interacted with each item, each counting less the longer ago it was.</summary>
internal static class DecayedUsers
{
    private const double Negligible = 40; // half-lives: 2^-40 of a user

    /// <summary>Σ over users of the largest weight · 2^(-age / halfLife) of their interactions with the item.</summary>
    /// <param name="log">The interactions.</param>
    /// <param name="after">Interactions up to this time do not count, epoch seconds.</param>
    /// <param name="until">Later ones do not count either; the age is the time from the interaction to this.</param>
    /// <param name="halfLifeSeconds">Positive; infinity = all count the same.</param>
    /// <param name="cancellationToken">Looked at every 1,000 users.</param>
    public static double[] Count(InteractionLog log, long after, long until, double halfLifeSeconds, CancellationToken cancellationToken)
    {
        var counts = new double[log.ItemIds.Count];
        var (lastUser, counted) = (new int[counts.Length], new double[counts.Length]);
        var items = log.Items;
        var times = log.Timestamps;
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            if (user % 1000 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            for (var i = log.UserStarts[user + 1] - 1; i >= log.UserStarts[user]; i--)
            {
                if (times[i] > until)
                    continue;
                var halfLives = (until - times[i]) / halfLifeSeconds;
                if (times[i] <= after || halfLives > Negligible)
                    break; // what is left is older still
                var (item, weight) = (items[i], log.WeightOf(i) * Math.Pow(2, -halfLives));
                if (lastUser[item] != user + 1)
                    (lastUser[item], counted[item]) = (user + 1, 0);
                if (weight > counted[item])
                {
                    counts[item] += weight - counted[item];
                    counted[item] = weight;
                }
            }
        }
        return counts;
    }
}
