using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Ranking;
using Kindred.Numerics.Sparse;
using Kindred.Numerics.Threading;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// For each validation user the items that could come out on top, with what every member says about them, so that trying a blend
/// costs a few thousand multiplications. The pool of a user is the best of each member, and the target.
/// </summary>
internal sealed class CandidatePool
{
    private const int PerMember = 50;
    private const int UsersPerBlock = 16;
    private readonly UserPool[] _users;

    private CandidatePool(UserPool[] users) => _users = users;

    public int UserCount => _users.Length;

    public static CandidatePool Build(Mixture mixture, ValidationSlice slice, bool mayRepeat, TrainingRun run)
    {
        var users = new UserPool[slice.Cases.Count];
        var scratches = new Scratch?[run.Threads];
        Workers.ForBlocks(users.Length, UsersPerBlock, run.Threads, (worker, from, to) =>
        {
            var scratch = scratches[worker] ??= new Scratch(mixture.ItemCount);
            for (var i = from; i < to; i++)
                users[i] = Collect(mixture, slice, slice.Cases[i], mayRepeat, scratch);
        }, run.CancellationToken);
        return new CandidatePool(users);
    }

    /// <summary>Mean over the users of weight / log2(1 + rank of the target), 0 beyond rank 10.</summary>
    public double Ndcg(Blend blend)
    {
        var (sum, weights) = (0.0, 0.0);
        foreach (var user in _users)
        {
            weights += user.Weight;
            if (RankOf(user, blend) is var rank and <= 10)
                sum += user.Weight / Math.Log2(1 + rank);
        }
        return weights > 0 ? sum / weights : 0;
    }

    private static int RankOf(UserPool user, Blend blend)
    {
        var weights = Vector128.Create(blend.Views);
        var odds = MemoryMarshal.Cast<float, Vector128<float>>(user.Odds);
        var target = Vector128.Dot(weights, odds[0]) + blend.LogShareWeight * user.LogShares[0]; // the target is the first of the pool
        var rank = 1;
        for (var i = 1; i < odds.Length && rank <= 10; i++)
        {
            var score = Vector128.Dot(weights, odds[i]) + blend.LogShareWeight * user.LogShares[i];
            if (score > target || (score == target && user.Items[i] < user.Items[0]))
                rank++;
        }
        return rank;
    }

    private static UserPool Collect(Mixture mixture, ValidationSlice slice, (int User, int Target) held, bool mayRepeat, Scratch scratch)
    {
        var log = slice.Log;
        var start = log.UserStarts[held.User];
        var history = new HistoryEvent[held.Target - start];
        log.CopyHistory(start, history);
        var steps = Steps.Newest(history, mixture.ItemCount, scratch.Steps);
        var target = log.Items[held.Target];
        scratch.Exclude(history, target, mayRepeat);

        var items = new List<int> { target };
        var isPooled = new HashSet<int> { target };
        for (var member = 0; member <= Mixture.Views.Length; member++)
        {
            var scores = scratch.Odds[member];
            if (member < Mixture.Views.Length)
            {
                scores.AsSpan().Clear();
                mixture.AddView(member, steps, 1, scratch.Sums, scores);
            }
            else
            {
                mixture.LogShares.Span.CopyTo(scores);
            }
            AddBest(mixture, member, scratch, items, isPooled);
        }
        scratch.Include(history);

        var odds = new float[items.Count * Mixture.Views.Length];
        for (var i = 0; i < odds.Length; i++)
            odds[i] = scratch.Odds[i % Mixture.Views.Length][items[i / Mixture.Views.Length]];
        float[] logShares = [.. items.Select(item => scratch.Odds[^1][item])];
        return new UserPool([.. items], odds, logShares, log.WeightOf(held.Target));
    }

    private static void AddBest(Mixture mixture, int member, Scratch scratch, List<int> items, HashSet<int> isPooled)
    {
        // A view's own ranking is log p = log odds + log q.
        var ranking = scratch.Ranking;
        scratch.Odds[member].CopyTo(ranking.AsSpan());
        if (member < Mixture.Views.Length)
            TensorPrimitives.Add(ranking, mixture.LogShares.Span, ranking);
        Span<int> best = stackalloc int[PerMember];
        foreach (var item in best[..TopK.Select(ranking, scratch.Excluded, best)])
        {
            if (isPooled.Add(item))
                items.Add(item);
        }
    }

    /// <param name="Items">The target, then the others.</param>
    /// <param name="Odds">What each view says, row-major, shape [items, views]; the four views are one vector.</param>
    /// <param name="LogShares">What popularity says, shape [items].</param>
    /// <param name="Weight">Weight of the target's event type.</param>
    private sealed record UserPool(int[] Items, float[] Odds, float[] LogShares, float Weight);

    private sealed class Scratch(int itemCount)
    {
        public readonly RowAccumulator Sums = new(itemCount);
        public readonly float[][] Odds = [.. Enumerable.Range(0, Mixture.Views.Length + 1).Select(_ => new float[itemCount])];
        public readonly float[] Ranking = new float[itemCount];
        public readonly ulong[] Excluded = new ulong[(itemCount + 63) / 64];
        public readonly int[] Steps = new int[Mixture.MaxSteps];

        public void Exclude(ReadOnlySpan<HistoryEvent> history, int target, bool mayRepeat)
        {
            foreach (var seen in history)
            {
                if (!mayRepeat && seen.Item != target)
                    Excluded[seen.Item >> 6] |= 1UL << (seen.Item & 63);
            }
        }

        public void Include(ReadOnlySpan<HistoryEvent> history)
        {
            foreach (var seen in history)
                Excluded[seen.Item >> 6] = 0;
        }
    }
}
