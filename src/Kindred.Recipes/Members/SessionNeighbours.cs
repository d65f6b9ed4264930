using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kindred.Numerics.Probability;
using Kindred.Numerics.Sparse;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Members;

/// <summary>
/// Items of the sessions most like the user's newest steps: V-SKNN (Ludewig and Jannach, <i>Evaluation of session-based recommendation
/// algorithms</i>, UMUAI 2018), with the nearness to the matched item of VSTAN (Ludewig et al., 2020).
/// </summary>
internal sealed class SessionNeighbours : IMember
{
    private readonly ReadOnlyMemory<int> _sessionStarts;
    private readonly ReadOnlyMemory<int> _sessionItems;
    private readonly ReadOnlyMemory<float> _sessionWeights;
    private readonly ReadOnlyMemory<int> _itemStarts;
    private readonly ReadOnlyMemory<int> _itemSessions;
    private readonly ReadOnlyMemory<float> _rarity;
    private readonly ConcurrentBag<Scratch> _scratches = [];
    private float[]? _lengthFactors;

    private SessionNeighbours(
        SessionNeighboursOptions options, ReadOnlyMemory<int> sessionStarts, ReadOnlyMemory<int> sessionItems, ReadOnlyMemory<float> sessionWeights,
        ReadOnlyMemory<int> itemStarts, ReadOnlyMemory<int> itemSessions, ReadOnlyMemory<float> rarity)
    {
        (Options, _sessionStarts, _sessionItems, _sessionWeights) = (options, sessionStarts, sessionItems, sessionWeights);
        (_itemStarts, _itemSessions, _rarity) = (itemStarts, itemSessions, rarity);
    }

    public SessionNeighboursOptions Options { get; }

    public int ItemCount => _rarity.Length;

    public int SessionCount => _sessionStarts.Length - 1;

    public static SessionNeighbours Train(TrainingSet data, SessionNeighboursOptions options, TrainingRun run)
    {
        var log = data.Interactions;
        run.Report(0, "splitting sessions");
        var sessions = SessionRows.Of(log, SessionGap.Estimate(log), options.MaxItemsPerSession);
        run.Report(0.5, "indexing sessions");
        var (starts, newest, rarity) = Index(sessions, log.ItemIds.Count, options);
        run.Report(1, "sessions indexed");
        return new SessionNeighbours(options, sessions.Starts, sessions.Items, sessions.Weights, starts, newest, rarity);
    }

    /// <summary>The same sessions compared in another way; what was fixed when they were indexed stays as it is.</summary>
    public SessionNeighbours With(SessionNeighboursOptions options) => new(
        options with
        {
            SessionsPerItem = Options.SessionsPerItem, RarityPower = Options.RarityPower, MaxItemsPerSession = Options.MaxItemsPerSession,
        },
        _sessionStarts, _sessionItems, _sessionWeights, _itemStarts, _itemSessions, _rarity);

    public void Score(in ScoreQuery query, Span<float> scores)
    {
        scores.Clear();
        var scratch = _scratches.TryTake(out var idle) ? idle : new Scratch(this);
        Accumulate(query.History, scratch, scores);
        _scratches.Add(scratch); // not after an exception: its sums would be in an unknown state
    }

    /// <summary>Adds the log-odds of a mixture with popularity, as <see cref="View.AddLogOdds"/> does.</summary>
    public void AddLogOdds(ReadOnlySpan<HistoryEvent> history, ReadOnlySpan<float> inverseShares, float weight, Span<float> scores)
    {
        var scratch = _scratches.TryTake(out var idle) ? idle : new Scratch(this);
        var amounts = scratch.Amounts ??= new float[ItemCount];
        amounts.AsSpan().Clear();
        Accumulate(history, scratch, amounts);
        MixtureOdds.Add(amounts, inverseShares, View.Smoothing, weight, scores);
        _scratches.Add(scratch);
    }

    public void Write(ArtifactWriter writer, string prefix)
    {
        writer.Tensor<double>($"{prefix}.options", Options.ToTensor())
            .Tensor($"{prefix}.session_starts", _sessionStarts).Tensor($"{prefix}.session_items", _sessionItems)
                .Tensor($"{prefix}.session_weights", _sessionWeights)
            .Tensor($"{prefix}.item_starts", _itemStarts).Tensor($"{prefix}.item_sessions", _itemSessions).Tensor($"{prefix}.rarity", _rarity);
    }

    /// <exception cref="ModelArtifactException">The tensors are missing or do not fit together.</exception>
    public static SessionNeighbours Read(ModelArtifact artifact, string prefix)
    {
        using var lease = artifact.Lease();
        var read = new SessionNeighbours(
            SessionNeighboursOptions.FromTensor(artifact.Tensor<double>($"{prefix}.options").Span),
            artifact.Tensor<int>($"{prefix}.session_starts"),
            artifact.Tensor<int>($"{prefix}.session_items"), artifact.Tensor<float>($"{prefix}.session_weights"),
            artifact.Tensor<int>($"{prefix}.item_starts"),
            artifact.Tensor<int>($"{prefix}.item_sessions"), artifact.Tensor<float>($"{prefix}.rarity"));
        if (read._sessionStarts.Length == 0 || read._sessionStarts.Span[^1] != read._sessionItems.Length
            || read._itemStarts.Length != read.ItemCount + 1 || read._itemStarts.Span[^1] != read._itemSessions.Length
            || (!read._sessionWeights.IsEmpty && read._sessionWeights.Length != read._sessionItems.Length))
            throw new ModelArtifactException($"The sessions '{prefix}' of the model artifact do not fit together.");
        return read;
    }

    /// <summary>Each item's newest sessions, ascending, and how rare it is: log(sessions / sessions with it)^power, 0 for an item in none.</summary>
    private static (int[] Starts, int[] Sessions, float[] Rarity) Index(SessionRows sessions, int itemCount, SessionNeighboursOptions options)
    {
        var byItem = new SparsePattern(sessions.Starts, sessions.Items, itemCount).Transpose();
        var (starts, rarity) = (new int[itemCount + 1], new float[itemCount]);
        for (var item = 0; item < itemCount; item++)
        {
            var count = byItem.Row(item).Length;
            starts[item + 1] = starts[item] + Math.Min(count, options.SessionsPerItem);
            rarity[item] = count == 0 ? 0 : (float)Math.Pow(Math.Log(1 + (double)sessions.Count / count), options.RarityPower);
        }
        var newest = new int[starts[itemCount]];
        for (var item = 0; item < itemCount; item++)
            byItem.Row(item)[^(starts[item + 1] - starts[item])..].CopyTo(newest.AsSpan(starts[item]));
        return (starts, newest, rarity);
    }

    /// <summary>What a session of each length counts, for each session.</summary>
    private float[] LengthFactors()
    {
        var starts = _sessionStarts.Span;
        var ofLength = new float[Options.MaxItemsPerSession + 1];
        for (var length = 0; length < ofLength.Length; length++)
            ofLength[length] = (float)Math.Pow(Math.Max(1, length), -Options.LengthPower);
        var factors = new float[SessionCount];
        for (var session = 0; session < factors.Length; session++)
            factors[session] = ofLength[starts[session + 1] - starts[session]];
        return factors;
    }

    /// <summary>Adds what the nearest sessions say about each item.</summary>
    private void Accumulate(ReadOnlySpan<HistoryEvent> history, Scratch scratch, Span<float> amounts)
    {
        Span<int> buffer = stackalloc int[SessionNeighboursOptions.MaxSteps];
        var steps = Steps.Newest(history, ItemCount, buffer[..Options.Steps]);
        if (steps.IsEmpty)
            return;
        AddSimilarities(steps, scratch);
        var neighbours = scratch.TakeNearest();
        for (var age = steps.Length - 1; age >= 0; age--)
            scratch.AgeOf[steps[steps.Length - 1 - age]] = age; // the newest of repeated steps is written last
        // Spans of a map are not for nothing: taken once, not for each session.
        var starts = _sessionStarts.Span;
        var items = _sessionItems.Span;
        var weights = _sessionWeights.Span;
        for (var i = 0; i < neighbours; i++)
        {
            var (start, length) = (starts[scratch.Nearest[i]], starts[scratch.Nearest[i] + 1] - starts[scratch.Nearest[i]]);
            AddItems(items.Slice(start, length), weights.IsEmpty ? [] : weights.Slice(start, length), scratch.Similarities[i], scratch, amounts);
        }
        foreach (var item in steps)
            scratch.AgeOf[item] = int.MaxValue;
    }

    /// <summary>Σ decay^age · rarity over the steps that a session shares, over a power of its length.</summary>
    private void AddSimilarities(ReadOnlySpan<int> steps, Scratch scratch)
    {
        var starts = _itemStarts.Span;
        var sessions = _itemSessions.Span;
        var rarity = _rarity.Span;
        var weight = 1.0;
        for (var i = steps.Length - 1; i >= 0; i--, weight *= Options.Decay)
        {
            if (steps[(i + 1)..].Contains(steps[i]))
                continue;
            var mine = sessions[starts[steps[i]]..starts[steps[i] + 1]];
            scratch.Sessions.Add(mine, (float)weight * rarity[steps[i]]);
        }
        scratch.Sessions.OfferTo(scratch.Largest, _lengthFactors ??= LengthFactors());
    }

    private static void AddItems(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, float similarity, Scratch scratch, Span<float> amounts)
    {
        // Checked all at once, here and in the caller, so that the loops do nothing but their work.
        if (items.ContainsAnyExceptInRange(0, amounts.Length - 1))
            throw new ModelArtifactException($"A session of the model artifact has an item that is not one of its {amounts.Length}.");
        ref var ages = ref MemoryMarshal.GetArrayDataReference(scratch.AgeOf);
        var (matched, youngest) = (0, int.MaxValue);
        for (var i = 0; i < items.Length; i++)
        {
            if (Unsafe.Add(ref ages, items[i]) is var age && age < youngest)
                (matched, youngest) = (i, age);
        }
        ref var to = ref MemoryMarshal.GetReference(amounts);
        ReadOnlySpan<float> before = scratch.Before.AsSpan(0, matched + 1), behind = scratch.Behind.AsSpan(0, items.Length - matched);
        ReadOnlySpan<int> earlier = items[..matched], later = items[matched..];
        if (weights.IsEmpty)
        {
            for (var i = 0; i < earlier.Length; i++)
                Unsafe.Add(ref to, earlier[i]) += similarity * before[matched - i];
            for (var i = 1; i < later.Length && i < behind.Length; i++)
                Unsafe.Add(ref to, later[i]) += similarity * behind[i];
            return;
        }
        for (var i = 0; i < earlier.Length; i++)
            Unsafe.Add(ref to, earlier[i]) += similarity * before[matched - i] * weights[i];
        for (var i = 1; i < later.Length && i < behind.Length; i++)
            Unsafe.Add(ref to, later[i]) += similarity * behind[i] * weights[matched + i];
    }

    /// <summary>What one call works with.</summary>
    private sealed class Scratch
    {
        public readonly BlockSums Sessions;
        public readonly LargestEntries Largest;

        /// <summary>Age of the newest step with each item; of an item that is not among them the greatest there is.</summary>
        public readonly int[] AgeOf;

        /// <summary>How much an item counts that stands so far before or behind the matched one.</summary>
        public readonly float[] Before, Behind;

        public float[]? Amounts;
        public int[] Nearest = [];
        public float[] Similarities = [];

        public Scratch(SessionNeighbours owner)
        {
            var options = owner.Options;
            Sessions = new BlockSums(owner.SessionCount);
            Largest = new LargestEntries(options.Neighbours);
            AgeOf = new int[owner.ItemCount];
            Array.Fill(AgeOf, int.MaxValue);
            double[] nearness = [.. Enumerable.Range(0, options.MaxItemsPerSession + 1).Select(
                distance => Math.Pow(Math.Max(1, distance), -options.DistancePower))];
            Behind = Array.ConvertAll(nearness, value => (float)value);
            Before = Array.ConvertAll(nearness, value => (float)(options.Backward * value));
        }

        public int TakeNearest() => Largest.Take(ref Nearest, ref Similarities, 0);
    }
}
