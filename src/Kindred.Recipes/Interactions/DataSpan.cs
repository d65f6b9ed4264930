namespace Kindred.Recipes.Interactions;

/// <summary>
/// From when to when the data are. One device whose clock is wrong, or one row of another year, is not the time that it is now: it counts
/// as an interaction, and nothing is measured from it.
/// </summary>
internal static class DataSpan
{
    /// <summary>So many users must have come within a usual while for a time to be believed.</summary>
    private const int Company = 5;

    /// <summary>Fewer users than these are taken as they are.</summary>
    private const int FewUsers = 2 * Company;

    /// <summary>
    /// A usual while is exceeded by one in ten. Being strict costs little: where a true end is not believed, a few users are passed over.
    /// </summary>
    private const double Usual = 0.9;
    private const double Tolerance = 1.5;

    /// <summary>Epoch seconds; (0, 0) without interactions. Of each user the first and the last count, however many there are.</summary>
    public static (long First, long Last) Of(InteractionLog log)
    {
        var (firsts, lasts) = (new List<long>(log.UserIds.Count), new List<long>(log.UserIds.Count));
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            if (log.InteractionsOf(user) == 0)
                continue;
            firsts.Add(log.Timestamps[log.UserStarts[user]]);
            lasts.Add(log.Timestamps[log.UserStarts[user + 1] - 1]);
        }
        return lasts.Count == 0 ? (0, 0) : (StartOf([.. firsts]), EndOf([.. lasts]));
    }

    /// <summary>
    /// The latest time at which some user came last, and four others not longer before than one and a half times a usual while: the one
    /// that nine in ten of such fives keep to, over the later half of the users.
    /// </summary>
    /// <param name="lasts">When each user came last, not empty; sorted in place.</param>
    public static long EndOf(long[] lasts)
    {
        Array.Sort(lasts);
        if (lasts.Length < FewUsers)
            return lasts[^1];
        var half = lasts.Length / 2;
        var whiles = new long[lasts.Length - half];
        for (var i = 0; i < whiles.Length; i++)
            whiles[i] = While(half + i);
        Array.Sort(whiles);
        var longest = Tolerance * whiles[(int)(Usual * (whiles.Length - 1))];
        for (var i = lasts.Length - 1; i >= half; i--)
        {
            if (While(i) <= longest)
                return lasts[i];
        }
        return lasts[^1];

        long While(int i) => lasts[i] - lasts[i - Company + 1];
    }

    /// <summary>Likewise, the earliest time.</summary>
    /// <param name="firsts">When each user came first, not empty; overwritten.</param>
    public static long StartOf(long[] firsts)
    {
        for (var i = 0; i < firsts.Length; i++)
            firsts[i] = -firsts[i];
        return -EndOf(firsts);
    }
}
