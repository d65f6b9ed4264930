using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Evaluation.Protocols;

/// <summary>
/// One item in five loses all its interactions, so that only its metadata speaks for it. Cold items are ranked among themselves, as
/// Monteil et al. (MARec, RecSys 2024) do; warm ones among themselves with each user's last warm item held out; and all together.
/// </summary>
public sealed class ColdItemsProtocol : IProtocol
{
    private const double ColdShare = 0.2;

    public string Name => "cold-items";
    public string Description => "one item in five loses all its interactions and is ranked by its metadata";

    public EvaluationPlan Plan(InteractionLog log, int seed, int maxCases)
    {
        var isCold = ColdItems(log, seed);
        var warmLog = log.Where(WarmInteractions(log, isCold));
        var trainingKeep = new bool[warmLog.Count];
        Array.Fill(trainingKeep, true);

        var (cold, warm, all) = (new List<TestCase>(), new List<TestCase>(), new List<TestCase>());
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            var (start, end) = (warmLog.UserStarts[user], warmLog.UserStarts[user + 1]);
            if (end == start)
                continue;
            var holdsWarm = end - start >= 2;
            var inputEnd = holdsWarm ? end - 1 : end;
            var coldTruth = ColdItemsOf(log, user, isCold);
            int[] warmTruth = holdsWarm ? [warmLog.Items[end - 1]] : [];
            if (holdsWarm)
            {
                trainingKeep[end - 1] = false;
                warm.Add(new TestCase(start, inputEnd, warmTruth) { Asked = inputEnd });
            }
            if (coldTruth.Length > 0)
            {
                cold.Add(new TestCase(start, inputEnd, coldTruth));
                all.Add(new TestCase(start, inputEnd, [.. coldTruth, .. warmTruth]));
            }
        }
        return new EvaluationPlan(warmLog.Where(trainingKeep), warmLog,
        [
            new TestSlice("cold items", Draw.Some(cold, maxCases, seed)) { Candidates = isCold },
            new TestSlice("warm items", Draw.Some(warm, maxCases, seed)) { Candidates = Array.ConvertAll(isCold, item => !item) },
            new TestSlice("all items", Draw.Some(all, maxCases, seed)),
        ]);
    }

    private static bool[] ColdItems(InteractionLog log, int seed)
    {
        var met = new bool[log.ItemIds.Count];
        foreach (var item in log.Items)
            met[item] = true;
        var items = Enumerable.Range(0, met.Length).Where(item => met[item]).ToList();
        var isCold = new bool[met.Length];
        foreach (var item in Draw.Some(items, (int)(items.Count * ColdShare), seed))
            isCold[item] = true;
        return isCold;
    }

    private static bool[] WarmInteractions(InteractionLog log, bool[] isCold)
    {
        var keep = new bool[log.Count];
        for (var i = 0; i < keep.Length; i++)
            keep[i] = !isCold[log.Items[i]];
        return keep;
    }

    private static int[] ColdItemsOf(InteractionLog log, int user, bool[] isCold)
    {
        var found = new HashSet<int>();
        foreach (var item in log.Items[log.UserStarts[user]..log.UserStarts[user + 1]])
        {
            if (isCold[item])
                found.Add(item);
        }
        return [.. found];
    }
}
