using Kindred.Recipes.Personalization.Signals;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Finds the blend that serves: the likeliest one, without the members that it can do without, moved on to where the held-out items rank
/// highest if that carries over to other users; or a single signal, if that does better on users that the blend was not fitted to. On the
/// held-out users the result is never worse than the best single signal.
/// </summary>
internal static class BlendSearch
{
    private const double PriorPrecision = 10;
    private const int Folds = 4;

    /// <summary>A single signal displaces a blend only by more than this many standard errors of their difference.</summary>
    private const double LeastAdvantage = 1;

    /// <param name="pool">The held-out users.</param>
    /// <param name="ensemble">The members; one of weight 0 in the result need not be trained again.</param>
    /// <param name="isAllowed">Which signals may take part.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static Blend Find(CandidatePool pool, Ensemble ensemble, Func<ISignal, bool> isAllowed, TrainingRun run)
    {
        var isUsed = ensemble.Signals.Select(isAllowed).ToArray();
        var single = BestSingle(pool, isUsed);
        if (pool.Users.Count == 0 || !isUsed.Contains(true))
            return single;
        var blend = Prune(pool, ensemble, isUsed, run);
        isUsed = [.. blend.Signals.Select(weight => weight > 0)];
        Blend Likeliest(CandidatePool users) => Fit(users, ensemble, isUsed, run);
        Blend Climbed(CandidatePool users) => NdcgAscent.Climb(users, Likeliest(users), run);

        var (likeliest, climbed) = (CrossFitted(pool, Likeliest), CrossFitted(pool, Climbed));
        var climbs = climbed.Sum() > likeliest.Sum();
        if (PairedDifference.InStandardErrors(Gains(pool, single), climbs ? climbed : likeliest) > LeastAdvantage)
            return NdcgAscent.Climb(pool, single, run);
        if (climbs || pool.Ndcg(blend) < pool.Ndcg(single))
            blend = NdcgAscent.Climb(pool, blend, run);
        return pool.Ndcg(blend) >= pool.Ndcg(single) ? blend : NdcgAscent.Climb(pool, single, run);
    }

    /// <summary>What each user gains under blends that were fitted to the other users.</summary>
    private static float[] CrossFitted(CandidatePool pool, Func<CandidatePool, Blend> fit)
    {
        var gains = new float[pool.Users.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            var fitted = fit(pool.Where(user => user % Folds != fold));
            for (var user = fold; user < gains.Length; user += Folds)
                gains[user] = (float)(pool.Users[user].Weight * pool.Users[user].Gain(fitted));
        }
        return gains;
    }

    /// <summary>Weight · gain of every user.</summary>
    private static float[] Gains(CandidatePool pool, Blend blend) => [.. pool.Users.Select(user => (float)(user.Weight * user.Gain(blend)))];

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
