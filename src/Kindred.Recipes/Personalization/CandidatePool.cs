using System.Numerics.Tensors;
using Kindred.Numerics.Ranking;
using Kindred.Numerics.Threading;
using Kindred.Recipes.Personalization.Signals;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// For each held-out user with a new item (or several, where a basket is held out) the items that could come out on top, with what every
/// signal says about them, so that trying a blend costs a few thousand multiplications. The pool of a user is the best of each signal. A
/// target that is not among them is one that no blend would have found: putting it there would teach that the right item is the one that
/// nobody recommends.
/// </summary>
internal sealed class CandidatePool
{
    private const int PerSignal = 40;
    private const int UsersPerBlock = 16;

    /// <param name="users">The users with their candidates.</param>
    /// <param name="signals">Columns of each, without that of popularity.</param>
    internal CandidatePool(PooledUser[] users, int signals) => (Users, SignalCount) = (users, signals);

    public IReadOnlyList<PooledUser> Users { get; }
    public int SignalCount { get; }

    public static CandidatePool Build(Ensemble ensemble, ValidationSlice slice, TrainingRun run)
    {
        var cases = slice.Cases.Where(held => held.IsFresh).ToArray();
        var users = new PooledUser[cases.Length];
        var scratches = new Scratch?[run.Threads];
        Workers.ForBlocks(users.Length, UsersPerBlock, run.Threads, (worker, from, to) =>
        {
            var scratch = scratches[worker] ??= new Scratch(ensemble);
            for (var i = from; i < to; i++)
                users[i] = Collect(ensemble, slice, cases[i], scratch);
        }, run.CancellationToken);
        return new CandidatePool(users, ensemble.Signals.Count);
    }

    /// <summary>Only some of the users.</summary>
    public CandidatePool Where(Func<int, bool> isIncluded) => new([.. Users.Where((_, i) => isIncluded(i))], SignalCount);

    /// <summary>The same candidates, with what only some of the signals say about them.</summary>
    public CandidatePool Of(int[] signals) => new([.. Users.Select(user => user.Of([.. signals, SignalCount]))], signals.Length);

    /// <summary>Weighted mean over the users of NDCG@10.</summary>
    public double Ndcg(Blend blend)
    {
        var (sum, weights) = (0.0, 0.0);
        foreach (var user in Users)
        {
            weights += user.Weight;
            sum += user.Weight * user.Gain(blend);
        }
        return weights > 0 ? sum / weights : 0;
    }

    private static PooledUser Collect(Ensemble ensemble, ValidationSlice slice, HeldOut held, Scratch scratch)
    {
        var history = new HistoryView(slice.QueryOf(held), ensemble.ItemCount, scratch.Steps);
        scratch.Known.Clear();
        slice.AddKnown(held, scratch.Known);
        scratch.Exclude();
        int[] targets = [.. slice.TruthOf(held).Where(i => !scratch.IsExcluded(slice.Log.Items[i]))];
        var items = new List<int>();
        var isPooled = new HashSet<int>();
        ensemble.ScoreEach(history, scratch.Signals, scratch.Odds);
        foreach (var odds in scratch.Odds)
        {
            TensorPrimitives.Add(odds, ensemble.Shares.Logs.Span, scratch.Ranking);
            AddBest(scratch.Ranking, scratch, items, isPooled);
        }
        AddBest(ensemble.Shares.Logs.Span, scratch, items, isPooled);
        scratch.Include();
        var found = 0;
        foreach (var target in targets)
        {
            if (items.IndexOf(slice.Log.Items[target]) is not (var place and >= 0))
                continue;
            (items[found], items[place]) = (items[place], items[found]);
            found++;
        }

        var columns = new float[(ensemble.Signals.Count + 1) * items.Count];
        for (var signal = 0; signal < ensemble.Signals.Count; signal++)
        {
            for (var i = 0; i < items.Count; i++)
                columns[signal * items.Count + i] = scratch.Odds[signal][items[i]];
        }
        for (var i = 0; i < items.Count; i++)
            columns[ensemble.Signals.Count * items.Count + i] = ensemble.Shares.Logs.Span[items[i]];
        var weight = targets.Sum(target => slice.Log.WeightOf(target)) / targets.Length;
        return new PooledUser([.. items], columns, weight, found, targets.Length, held);
    }

    private static void AddBest(ReadOnlySpan<float> ranking, Scratch scratch, List<int> items, HashSet<int> isPooled)
    {
        Span<int> best = stackalloc int[PerSignal];
        foreach (var item in best[..TopK.Select(ranking, scratch.Excluded, best)])
        {
            if (isPooled.Add(item))
                items.Add(item);
        }
    }

    private sealed class Scratch(Ensemble ensemble)
    {
        public readonly SignalScratch Signals = new(ensemble.ItemCount);
        public readonly float[][] Odds = [.. ensemble.Signals.Select(_ => new float[ensemble.ItemCount])];
        public readonly float[] Ranking = new float[ensemble.ItemCount];
        public readonly ulong[] Excluded = new ulong[(ensemble.ItemCount + 63) / 64];
        public readonly int[] Steps = new int[HistoryView.MaxSteps];

        public readonly List<int> Known = [];

        public void Exclude()
        {
            foreach (var item in Known)
                Excluded[item >> 6] |= 1UL << (item & 63);
        }

        public bool IsExcluded(int item) => (Excluded[item >> 6] & 1UL << (item & 63)) != 0;

        public void Include()
        {
            foreach (var item in Known)
                Excluded[item >> 6] = 0;
        }
    }
}
