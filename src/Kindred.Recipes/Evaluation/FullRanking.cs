using System.Numerics;
using System.Runtime.InteropServices;
using Kindred.Numerics.Ranking;
using Kindred.Numerics.Threading;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Evaluation;

/// <summary>
/// Ranks the truth of test users against every candidate, never against a sample. Items of the input are left out, unless they are
/// the truth itself. Equal scores rank in a shuffled order, another for each user: by item code, which is the order of first appearance in the data,
/// popular items would come first even where a model knows nothing (items without interactions on ML-1M: 5x chance).
/// </summary>
public static class FullRanking
{
    private const int CasesPerBlock = 16;
    private const int ListLength = 10;

    /// <param name="model">Its item codes are those of <paramref name="inputs"/>.</param>
    /// <param name="inputs">The log that the cases take their inputs from.</param>
    /// <param name="slice">The test users.</param>
    /// <param name="keepSeen">Whether items of the input compete as well.</param>
    /// <param name="run">Threads, progress and cancellation.</param>
    /// <exception cref="InvalidOperationException">The model gave a score that is not a number.</exception>
    public static RankedSlice Measure(ITrainedModel model, InteractionLog inputs, TestSlice slice, bool keepSeen, TrainingRun run)
    {
        var ranks = new int[slice.Cases.Count][];
        var scratches = new Scratch?[run.Threads];
        var done = 0;
        Workers.ForBlocks(ranks.Length, CasesPerBlock, run.Threads, (worker, from, to) =>
        {
            var scratch = scratches[worker] ??= new Scratch(model.Items.Count);
            for (var i = from; i < to; i++)
                ranks[i] = Rank(model, inputs, slice, slice.Cases[i], keepSeen, scratch);
            run.Report((double)Interlocked.Add(ref done, to - from) / ranks.Length, $"ranking for {slice.Name}");
        }, run.CancellationToken);

        var isShown = new bool[model.Items.Count];
        foreach (var scratch in scratches)
        {
            for (var item = 0; item < isShown.Length; item++)
                isShown[item] |= scratch?.IsShown[item] ?? false;
        }
        var candidates = slice.Candidates.IsEmpty ? model.Items.Count : slice.Candidates.Span.Count(true);
        return new RankedSlice(ranks, isShown.AsSpan().Count(true), candidates);
    }

    private static int[] Rank(ITrainedModel model, InteractionLog inputs, TestSlice slice, TestCase test, bool keepSeen, Scratch scratch)
    {
        var scores = scratch.Scores;
        var history = scratch.History(test.InputEnd - test.InputStart);
        inputs.CopyHistory(test.InputStart, history);
        model.Score(new ScoreQuery
        {
            User = inputs.UserIds.Bytes(UserOf(inputs, test.InputStart)),
            History = history,
            Context = test.Asked < 0 ? null : inputs.ContextOf(test.Asked),
        }, scores);
        var targets = new float[test.Truth.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = scores[test.Truth[i]];
            if (!float.IsFinite(targets[i]))
                throw new InvalidOperationException($"{model.Recipe.Name} scored the item '{model.Items[test.Truth[i]]}' as {targets[i]}.");
        }
        LeaveOut(scores, history, slice.Candidates.Span, keepSeen);
        for (var i = 0; i < targets.Length; i++)
            scores[test.Truth[i]] = targets[i];

        var ranks = new int[targets.Length];
        for (var i = 0; i < ranks.Length; i++)
            ranks[i] = 1 + CountAbove(scores, targets[i]) + CountTiedBefore(scores, test.Truth[i], salt: test.InputStart);
        Array.Sort(ranks);
        foreach (var item in scratch.List[..TopK.Select(scores, [], scratch.List)])
            scratch.IsShown[item] = true;
        return ranks;
    }

    /// <summary>The user whose interactions begin there, or have their middle there.</summary>
    private static int UserOf(InteractionLog inputs, int interaction)
    {
        var starts = inputs.UserStarts;
        var (low, high) = (0, inputs.UserIds.Count);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = starts[middle] <= interaction ? (middle, high) : (low, middle);
        }
        return low;
    }

    private static void LeaveOut(Span<float> scores, ReadOnlySpan<HistoryEvent> history, ReadOnlySpan<bool> candidates, bool keepSeen)
    {
        for (var item = 0; item < candidates.Length; item++)
        {
            if (!candidates[item])
                scores[item] = float.NegativeInfinity;
        }
        foreach (var seen in keepSeen ? [] : history)
            scores[seen.Item] = float.NegativeInfinity;
    }

    private static int CountAbove(ReadOnlySpan<float> scores, float target)
    {
        var lanes = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var (bound, counts) = (new Vector<float>(target), Vector<int>.Zero);
        foreach (var vector in lanes)
            counts -= Vector.GreaterThan(vector, bound); // true is -1
        var count = Vector.Sum(counts);
        foreach (var score in scores[(lanes.Length * Vector<float>.Count)..])
            count += score > target ? 1 : 0;
        return count;
    }

    private static int CountTiedBefore(ReadOnlySpan<float> scores, int target, int salt)
    {
        if (scores.Count(scores[target]) == 1)
            return 0;
        var (count, place) = (0, TieOrder(target, salt));
        for (var item = 0; item < scores.Length; item++)
            count += scores[item] == scores[target] && TieOrder(item, salt) < place ? 1 : 0;
        return count;
    }

    /// <summary>Different for every item: the finalizer of MurmurHash3 is a bijection.</summary>
    internal static uint TieOrder(int item, int salt)
    {
        var hash = (uint)item + 0x9e3779b9 * (1 + (uint)salt);
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }

    private sealed class Scratch(int itemCount)
    {
        private HistoryEvent[] _history = new HistoryEvent[256];

        public readonly float[] Scores = new float[itemCount];
        public readonly bool[] IsShown = new bool[itemCount];
        public readonly int[] List = new int[ListLength];

        public Span<HistoryEvent> History(int length)
        {
            if (_history.Length < length)
                _history = new HistoryEvent[Math.Max(length, _history.Length * 2)];
            return _history.AsSpan(0, length);
        }
    }
}
