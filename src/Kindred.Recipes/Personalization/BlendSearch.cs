using Kindred.Recipes.Personalization.Signals;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Finds the blend that serves: the likeliest one, without the members that it can do without, or a single signal; either as it is, or moved
/// on to where the held-out items rank highest. Which of the four carries over best to users that it was not fitted to, decides. On the
/// held-out users the result is never worse than the best single signal.
/// </summary>
internal static class BlendSearch
{
    private const double PriorPrecision = 10;
    private const int Folds = 4;

    /// <summary>
    /// A way that begins with a single signal displaces one that begins with the likeliest blend by more than this many standard errors of
    /// their difference. Little, since neither is the safer choice: where one member is far ahead, all others together only blur it.
    /// </summary>
    private const double LeastAdvantage = 0.25;

    /// <summary>
    /// The same where baskets are held out. Most of a basket lies beyond the first ten under any blend, so NDCG@10 says little of it, while the
    /// likelihood hears all of it. Ta-Feng: a single signal ahead by a standard error has Recall@10 .153 in the end, the blend .157.
    /// </summary>
    private const double LeastAdvantageOfBaskets = 2;

    /// <param name="pool">The held-out users.</param>
    /// <param name="ensemble">The members; one of weight 0 in the result need not be trained again.</param>
    /// <param name="isAllowed">Which signals may take part.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static Blend Find(CandidatePool pool, Ensemble ensemble, Func<ISignal, bool> isAllowed, TrainingRun run)
    {
        var mayTakePart = ensemble.Signals.Select(isAllowed).ToArray();
        var single = BestSingle(pool, mayTakePart);
        if (pool.Users.Count == 0 || !mayTakePart.Contains(true))
            return single;
        bool[] isNeeded = [.. Prune(pool, ensemble, mayTakePart, run).Signals.Select(weight => weight > 0)];
        Blend Likeliest(CandidatePool users) => Fit(users, ensemble, isNeeded, run);
        Blend LikeliestAndOn(CandidatePool users) => NdcgAscent.Climb(users, Likeliest(users), isNeeded, run);
        Blend Single(CandidatePool users) => BestSingle(users, mayTakePart);
        Blend SingleAndOn(CandidatePool users) => NdcgAscent.Climb(users, Single(users), mayTakePart, run);

        var blended = Better(CrossFitted(pool, Likeliest), CrossFitted(pool, LikeliestAndOn));
        var alone = Better(CrossFitted(pool, Single), CrossFitted(pool, SingleAndOn));
        var least = pool.Users.Any(user => user.Targets > 1) ? LeastAdvantageOfBaskets : LeastAdvantage;
        var blend = PairedDifference.InStandardErrors(alone.Gains, blended.Gains) > least ? alone.Fit(pool) : blended.Fit(pool);
        // Without climbing nothing says that the likeliest blend ranks these users better than a single signal does.
        if (pool.Ndcg(blend) < pool.Ndcg(single))
            blend = NdcgAscent.Climb(pool, blend, isNeeded, run);
        blend = LogLinearFit.Calibrate(pool, pool.Ndcg(blend) >= pool.Ndcg(single) ? blend : SingleAndOn(pool), PriorPrecision, run);
        return pool.Ndcg(blend) >= pool.Ndcg(single) ? blend : single; // rounding may have parted equal scores
    }

    private static (Func<CandidatePool, Blend> Fit, float[] Gains) Better(
        (Func<CandidatePool, Blend> Fit, float[] Gains) plain, (Func<CandidatePool, Blend> Fit, float[] Gains) climbed) =>
        climbed.Gains.Sum() > plain.Gains.Sum() ? climbed : plain;

    /// <summary>What each user gains under blends that were fitted to the other users.</summary>
    private static (Func<CandidatePool, Blend> Fit, float[] Gains) CrossFitted(CandidatePool pool, Func<CandidatePool, Blend> fit)
    {
        var gains = new float[pool.Users.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            var fitted = fit(pool.Where(user => user % Folds != fold));
            for (var user = fold; user < gains.Length; user += Folds)
                gains[user] = (float)(pool.Users[user].Weight * pool.Users[user].Gain(fitted));
        }
        return (fit, gains);
    }

    private static Blend BestSingle(CandidatePool pool, bool[] isUsed)
    {
        var best = Blend.PopularityAlone(isUsed.Length);
        for (var (signal, ndcg) = (0, pool.Ndcg(best)); signal < isUsed.Length; signal++)
        {
            if (!isUsed[signal] || pool.Ndcg(Blend.Single(isUsed.Length, signal)) is var gained && gained <= ndcg)
                continue;
            (best, ndcg) = (Blend.Single(isUsed.Length, signal), gained);
        }
        return best;
    }

    // Costliest members first: a member stays only if the held-out items are likelier with it, by more than its weights could bring about
    // by chance (Akaike's criterion). What is left out costs neither training nor serving.
    private static Blend Prune(CandidatePool pool, Ensemble ensemble, bool[] isUsed, TrainingRun run)
    {
        var blend = Fit(pool, ensemble, isUsed, run);
        foreach (var (_, part) in ensemble.Parts.Reverse())
        {
            var without = ensemble.Signals.Select((signal, i) => blend.Signals[i] > 0 && !part.Signals.Contains(signal)).ToArray();
            var dropped = blend.Signals.Where((weight, i) => weight > 0 && !without[i]).Count();
            if (dropped == 0)
                continue;
            var simpler = Fit(pool, ensemble, without, run);
            if (LogLinearFit.LogLikelihood(pool, blend, run) - LogLinearFit.LogLikelihood(pool, simpler, run) <= dropped)
                blend = simpler;
        }
        return blend;
    }

    private static Blend Fit(CandidatePool pool, Ensemble ensemble, bool[] isUsed, TrainingRun run)
    {
        float[] prior = [.. ensemble.Signals.Select((signal, i) => isUsed[i] ? signal.PriorWeight : 0)];
        return LogLinearFit.Fit(pool, new Blend(prior, prior.Sum()), isUsed, PriorPrecision, run);
    }
}
