using System.Globalization;
using Kindred.Numerics.Optimization;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// One training. Every random decision is drawn from the seed and its place in the training, and every sum has a fixed order, so the same
/// data, options and seed give the same bits for any number of threads, and after any number of interruptions.
/// </summary>
internal sealed class TransformerTraining : IDisposable
{
    /// <summary>Shares of a step, and so threads that can work on it.</summary>
    public const int MaxLanes = 4;

    private const int MinLanes = 2;
    private const int TokensPerLane = 1024;
    private const int MinBatchTokens = 256;
    private const int MaxBatchTokens = 2048;
    private const int BatchesPerEpoch = 128; // small data: enough steps to learn anything
    private const int UpdateShare = 10;
    private const int MaxUpdateShare = 4;
    private const int UpdateSteps = 64; // small data: enough steps to take anything in
    private const int UpdateWarmup = 10;
    private const float BiasedMean = 0.9f;
    private const float BiasedSquare = 0.98f;
    private const float Epsilon = 1e-8f;
    private const string CheckpointRecipe = "kindred-transformer-training";
    private const double WorseThanBest = 0.97;

    private readonly InteractionLog _log;
    private readonly TransformerOptions _options;
    private readonly TrainingRun _run;
    private readonly SequenceTransformer? _start;
    private readonly ThreadTeam _team;
    private readonly WeightLayout _layout;
    private readonly TrainedTensor _weights;
    private readonly ItemTable _items;
    private readonly ValidationUsers _validation;
    private readonly EpochPlan _plan;
    private readonly TrainingSchedule _schedule;
    private readonly TrainingLane[] _lanes;
    private readonly LearnedUsers? _users;
    private readonly LoggedContexts? _contexts;
    private readonly int _batchTokens;
    private readonly TrainingCheckpoint? _checkpoint;
    private (AlignedBuffer Weights, AlignedBuffer Items)? _best;
    private AlignedBuffer? _served;
    private long _step;
    private (int Epoch, int Batch) _done; // epochs that are over, and batches of the next one

    public TransformerTraining(TrainingSet data, TransformerOptions options, TrainingRun run, SequenceTransformer? start)
    {
        options = (start is null ? options : options.Shaped(start.Layout)).For(data.Interactions.Count);
        options.Validate();
        run.CancellationToken.ThrowIfCancellationRequested();
        (_log, _run) = (data.Interactions, run);
        _users = options.UsesAttributes ? LearnedUsers.Of(_log, data.Users, run.Seed) : null;
        WeightLayout Layout(int contextFeatures) => new(
            options.HiddenDimension, options.FeedForward, options.Blocks,
            options.Heads, options.MaxLength, _log.EventTypes.Count, options.UsesTimeGaps,
            _users?.Features.Count ?? 0, contextFeatures);
        // Where the model is of another catalogue, training anew is always right.
        _start = start is not null && start.Layout.IsSameNetwork(Layout(0)) && start.ItemCount == _log.ItemIds.Count ? start : null;
        _contexts = LoggedContexts.Of(_log, _start?.Contexts);
        _layout = Layout(_contexts?.Features.Count ?? 0);
        _validation = ValidationUsers.Of(_log, options.ValidationUsers, run.Seed);
        _plan = new EpochPlan(_log, _validation.Users, options, run.Seed);
        _batchTokens = options.BatchTokens > 0 ? options.BatchTokens
            : (int)Math.Clamp(_plan.Tokens / BatchesPerEpoch, MinBatchTokens, MaxBatchTokens);
        var epochs = options.Epochs > 0 ? options.Epochs : EpochsFor(options, _plan.Tokens);
        _options = options = _start is null ? options : ForUpdate(options, epochs, Math.Max(1, (int)(_plan.Tokens / _batchTokens)));
        _schedule = new TrainingSchedule(options, _start is null ? epochs : options.Epochs);
        _weights = new TrainedTensor(_layout.Length);
        _items = new ItemTable(_log.ItemIds.Count, _layout.Width, ItemFeatures.Of(data.Items));
        var sampler = new NegativeSampler(_log, options.Negatives, options.PopularNegatives);
        _lanes = [.. Enumerable.Range(0, Math.Clamp(_batchTokens / TokensPerLane, MinLanes, MaxLanes))
            .Select(lane => new TrainingLane(lane, _layout, sampler, _log.ItemIds.Count, options.Dropout, run.Seed, _users, _contexts))];
        _checkpoint = run.Checkpoints is null ? null : new TrainingCheckpoint(
            run.Checkpoints, options.CheckpointName, options.CheckpointInterval, TrainingCheckpoint.FingerprintOf(data, options, run.Seed, _start));
        _team = new ThreadTeam(run.Threads);
    }

    /// <summary>Mean cross-entropy of the last epoch.</summary>
    private double Loss { get; set; }

    /// <summary>Last validation; 0 without one.</summary>
    private double Ndcg { get; set; }

    /// <summary>What popularity alone reaches in a validation; null before the first.</summary>
    private double? PopularityNdcg { get; set; }

    public void Dispose() => _team.Dispose();

    public SequenceTransformer Run()
    {
        var shares = ItemPopularity.LogShares(ItemPopularity.CountUsers(_log));
        if (_plan.Tokens > 0)
        {
            if (Restore() is { } done)
                _done = done;
            else
                Initialize();
            try
            {
                RunEpochs();
            }
            catch (OperationCanceledException)
            {
                _checkpoint?.Save(State(), CancellationToken.None); // a training that makes room for another loses nothing
                throw;
            }
            _checkpoint?.Save(State(), _run.CancellationToken); // an interruption after this need not train again
        }
        if (_best is { } best && Ndcg < WorseThanBest * _schedule.Best)
            return Trained(best.Weights.Memory, best.Items.Memory, shares);
        return Trained(_weights.Values.Memory, ServedVectors().Memory, shares);
    }

    /// <summary>
    /// Passes over the data that the work allows. Small data would be learned by heart rather than understood, so it gets fewer than that:
    /// 13 for 2,000 positions, 60 for 100,000.
    /// </summary>
    public static int EpochsFor(TransformerOptions options, long tokens)
    {
        var relative = CostPerToken(options) / CostPerToken(new TransformerOptions().For(0));
        var most = Math.Ceiling(0.6 * Math.Pow(Math.Max(1, tokens), 0.4));
        return (int)Math.Max(2, Math.Min(most, options.WorkTokens / relative / Math.Max(1, tokens)));
    }

    /// <summary>Multiplications per position of a pass, roughly.</summary>
    public static double CostPerToken(TransformerOptions options)
    {
        double width = options.HiddenDimension;
        return options.Blocks * (4 * width * width + 2 * width * options.FeedForward + options.MaxLength * width) + 2 * width * options.Negatives;
    }

    private void RunEpochs()
    {
        var (epoch, batch) = _done;
        for (; epoch < _schedule.Epochs; epoch++, batch = 0)
        {
            RunEpoch(epoch, batch);
            var isValidated = _validation.Count > 0 && _schedule.IsValidatedAfter(epoch + 1);
            if (isValidated)
                Validate(epoch + 1);
            _done = (epoch + 1, 0);
            Report(epoch + 1, isValidated);
        }
    }

    private void RunEpoch(int epoch, int done)
    {
        var windows = _plan.Of(epoch);
        var (next, batches, batch) = (0, (int)Math.Max(1, _plan.Tokens / _batchTokens), 0);
        var (loss, weight) = (0.0, 0.0);
        for (; next < windows.Length; batch++)
        {
            var first = next;
            for (var tokens = 0; next < windows.Length && (tokens == 0 || tokens + windows[next].Length <= _batchTokens); next++)
                tokens += windows[next].Length;
            if (batch < done)
                continue; // trained before an interruption
            Share(windows.AsSpan(first, next - first));
            var (stepLoss, stepWeight) = Step(_schedule.RateAt(_step, epoch + Math.Min(1, (double)batch / batches)));
            (loss, weight) = (loss + stepLoss, weight + stepWeight);
            _done = (epoch, batch + 1);
            _checkpoint?.SaveWhenDue(State, _run.CancellationToken);
        }
        Loss = weight > 0 ? loss / weight : 0;
    }

    /// <summary>Deals the longest windows first, each to the lane that has least.</summary>
    private void Share(Span<TrainingWindow> windows)
    {
        windows.Sort((x, y) => y.Length != x.Length ? y.Length - x.Length : x.User != y.User ? x.User - y.User : x.From - y.From);
        foreach (var lane in _lanes)
            lane.Clear();
        foreach (var window in windows)
            _lanes.MinBy(lane => lane.Tokens)!.Take(window);
    }

    /// <summary>One step; when it is cancelled, nothing of what a checkpoint holds has changed.</summary>
    private (double Loss, double Weight) Step(double rate)
    {
        _run.CancellationToken.ThrowIfCancellationRequested();
        var step = _step;
        _team.Run(_lanes.Length, lane => _lanes[lane].Prepare(_log, _plan, step));
        _items.Begin(_lanes.SelectMany(lane => lane.Touched()), SplitMix.At(_run.Seed, step, RandomParts.IdDropout), _options.IdDropout, _team);
        var weight = _lanes.Sum(lane => lane.Weight);
        if (weight <= 0)
        {
            _step++;
            return (0, 0);
        }
        _team.Run(_lanes.Length, lane => _lanes[lane].Differentiate(_weights.Values.Span, _items, (float)(1 / weight), step, _run.CancellationToken));
        _step++;
        var adam = new AdamStep((float)rate, BiasedMean, BiasedSquare, Epsilon, checked((int)_step));
        _items.Step([.. _lanes.Select(lane => lane.ItemGradient)], adam, _team);
        StepWeights(adam);
        return (_lanes.Sum(lane => lane.Loss), weight);
    }

    private void StepWeights(AdamStep adam)
    {
        const int Block = 1 << 13;
        _team.Run((_layout.Length + Block - 1) / Block, block =>
        {
            var part = (block * Block)..Math.Min(_layout.Length, (block + 1) * Block);
            var sum = _lanes[0].Gradient[part];
            for (var lane = 1; lane < _lanes.Length; lane++)
                RowKernels.AddScaled(1, _lanes[lane].Gradient[part], sum);
            _weights.Step(part, sum, adam);
        });
    }

    private void Validate(int epochs)
    {
        PopularityNdcg ??= _validation.NdcgOf(ItemPopularity.LogShares(ItemPopularity.CountUsers(_log)));
        var vectors = ServedVectors();
        Ndcg = _validation.Ndcg(_layout, _weights.Values.Memory, vectors.Memory, _users?.Features, _contexts, _team, _run.CancellationToken);
        if (!_schedule.Validate(epochs, Ndcg))
            return;
        _best ??= (new AlignedBuffer(_weights.Length), new AlignedBuffer(vectors.Length));
        _weights.Values.Span.CopyTo(_best.Value.Weights.Span);
        vectors.Span.CopyTo(_best.Value.Items.Span);
    }

    /// <summary>Item vectors as they serve. Items that were never trained on have what their features say, or stand with the rarest items.</summary>
    private AlignedBuffer ServedVectors()
    {
        var counts = new int[_items.ItemCount];
        foreach (var item in _log.Items)
            counts[item]++;
        if (_items.Features is null && !counts.Contains(0))
            return _items.Ids.Values;
        _served ??= new AlignedBuffer((long)_items.ItemCount * _items.Width);
        var rarest = RarestMean(counts);
        for (var item = 0; item < counts.Length; item++)
        {
            var vector = _served.Span.Slice(item * _items.Width, _items.Width);
            if (counts[item] == 0 && !(_items.Features?.Knows(item) ?? false))
                rarest.CopyTo(vector);
            else
                _items.Compose(item, hidesId: counts[item] == 0, vector);
        }
        return _served;
    }

    private float[] RarestMean(int[] counts)
    {
        const int Rarest = 100;
        var mean = new float[_items.Width];
        int[] rarest = [.. Enumerable.Range(0, counts.Length).Where(item => counts[item] > 0).OrderBy(item => counts[item]).Take(Rarest)];
        var vector = new float[_items.Width];
        foreach (var item in rarest)
        {
            _items.Compose(item, hidesId: false, vector);
            RowKernels.AddScaled(1f / rarest.Length, vector, mean);
        }
        return mean;
    }

    private void Initialize()
    {
        var random = SplitMix.At(_run.Seed, 0, RandomParts.Weights);
        var width = _layout.Width;
        // As in SASRec's public code: Xavier normal, so wide tables begin small and the logits near 0.
        _items.Ids.FillNormal(ref random, Deviation(Math.Min(_items.ItemCount, 4096), width));
        _items.FeatureVectors?.FillNormal(ref random, Deviation(4096, width));
        Fill(_layout.Positions, Deviation(_layout.MaxLength, width), ref random);
        _weights.Values[_layout.Gain].Fill(1);
        foreach (var block in _layout.Blocks)
        {
            Fill(block.Projection, Deviation(width, width), ref random);
            Fill(block.Output, Deviation(width, width), ref random);
            Fill(block.Expansion, Deviation(width, _layout.FeedForward), ref random);
            Fill(block.Contraction, Deviation(_layout.FeedForward, width), ref random);
        }
        Fill(_layout.Users, Deviation(_layout.UserFeatures, width), ref random);
        if (_start is not null)
            GoOnFrom(_start);
        else if (_options.InitialDeviation > 0)
            InitialVectors.Fill(_log, _layout.Width, (float)_options.InitialDeviation, _items.Ids.Values.Span, _team, _run);
    }

    /// <summary>
    /// An update sees mostly what is known already: a tenth of the passes, a quarter where that would be a handful of steps, and only the
    /// falling part of the rate.
    /// </summary>
    private static TransformerOptions ForUpdate(TransformerOptions options, int epochs, int stepsPerEpoch) => options with
    {
        Epochs = Math.Max(
            (epochs + UpdateShare - 1) / UpdateShare, Math.Min(epochs / MaxUpdateShare, (UpdateSteps + stepsPerEpoch - 1) / stepsPerEpoch)),
        LearningRate = options.LearningRate / 2,
        DecayShare = 1,
        WarmupSteps = UpdateWarmup,
    };

    /// <summary>Takes weights over. Where the metadata's features are the same, the vectors are parted into ids and features again.</summary>
    private void GoOnFrom(SequenceTransformer start)
    {
        start.Weights.Span[..start.Layout.Users.Start.Value].CopyTo(_weights.Values.Span);
        GoOnFromUsers(start);
        if (start.Contexts is { } known)
            _contexts!.Features.CopyFrom(known, start.Weights.Span[start.Layout.Contexts], _weights.Values[_layout.Contexts], _layout.Width);
        start.Vectors.Span.CopyTo(_items.Ids.Values.Span);
        if (_items.Features is not { } features)
        {
            NewItemVectors.Fill(_log, start.NewItems, _layout.Width, _items.Ids.Values.Span);
            return;
        }
        var codes = start.FeatureNames.Index().ToDictionary(name => name.Item, name => name.Index);
        for (var feature = 0; feature < features.Count; feature++)
        {
            if (codes.TryGetValue(features.Names[feature], out var code))
                start.FeatureVectors.Span.Slice(code * _layout.Width, _layout.Width)
                    .CopyTo(_items.FeatureVectors!.Values.Span[(feature * _layout.Width)..]);
        }
        // A new item has what its features say, until it is learned.
        NewItemVectors.Fill(_log, start.NewItems.Where(item => !features.Knows(item)).ToHashSet(), _layout.Width, _items.Ids.Values.Span);
        for (var item = 0; item < _items.ItemCount; item++)
        {
            if (!start.NewItems.Contains(item))
                _items.RemoveFeatures(item);
        }
    }

    private void GoOnFromUsers(SequenceTransformer start)
    {
        if (_users is null || start.Users is not { } known)
            return;
        var width = _layout.Width;
        var from = start.Weights.Span[start.Layout.Users];
        var to = _weights.Values[_layout.Users];
        from[..width].CopyTo(to);
        var codes = known.Features.Names.Index().ToDictionary(name => name.Item, name => name.Index);
        foreach (var (feature, name) in _users.Features.Names.Index())
        {
            if (codes.TryGetValue(name, out var code))
                from.Slice((1 + code) * width, width).CopyTo(to[((1 + feature) * width)..]);
        }
    }

    private SequenceTransformer Trained(ReadOnlyMemory<float> weights, ReadOnlyMemory<float> vectors, float[] shares) =>
        new(_layout, weights, vectors, shares)
        {
            FeatureNames = _items.Features?.Names ?? [],
            FeatureVectors = _items.FeatureVectors?.Values.Memory ?? default,
            Users = _users is null ? null : new KnownUsers(_log.UserIds, _users.Features),
            Contexts = _contexts?.Features,
            ServesNewcomers = _users is not null && Newcomers.AreServedBetter(_log, _users, _layout, weights.Span, vectors.Span, shares),
        };

    private static float Deviation(int inputs, int outputs) => MathF.Sqrt(2f / (inputs + outputs));

    private void Fill(Range tensor, float deviation, ref SplitMix random)
    {
        foreach (ref var weight in _weights.Values[tensor])
            weight = deviation * random.NextNormal();
    }

    private void Report(int epochs, bool isValidated) => _run.Report(
        Math.Min(1, (double)epochs / _schedule.Epochs),
        string.Create(CultureInfo.InvariantCulture, $"transformer epoch {epochs} of {_schedule.Epochs}, loss {Loss:F3}")
        + (_validation.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", validation NDCG@10 {Ndcg:F4}") : ""),
        isValidated ? new TrainingPoint(epochs, _schedule.Epochs, Ndcg, PopularityNdcg ?? 0) : null);

    private ArtifactWriter State()
    {
        var writer = new ArtifactWriter(CheckpointRecipe)
            .Fact("epoch", _done.Epoch.ToString(CultureInfo.InvariantCulture)).Fact("batch", _done.Batch.ToString(CultureInfo.InvariantCulture))
            .Fact("step", _step.ToString(CultureInfo.InvariantCulture)).Fact("schedule", _schedule.Save())
            .Fact("ndcg", Ndcg.ToString("R", CultureInfo.InvariantCulture));
        _weights.Write(writer, "weights");
        _items.Ids.Write(writer, "items");
        _items.FeatureVectors?.Write(writer, "features");
        if (_best is { } best)
            writer.Tensor("best.weights", best.Weights.Memory).Tensor("best.items", best.Items.Memory);
        return writer;
    }

    private (int Epoch, int Batch)? Restore()
    {
        using var artifact = _checkpoint?.TryOpen();
        if (artifact is null)
            return null;
        var facts = artifact.Metadata;
        _weights.Read(artifact, "weights");
        _items.Ids.Read(artifact, "items");
        _items.FeatureVectors?.Read(artifact, "features");
        _step = long.Parse(facts["step"], CultureInfo.InvariantCulture);
        Ndcg = double.Parse(facts["ndcg"], CultureInfo.InvariantCulture);
        _schedule.Restore(facts["schedule"]);
        if (_schedule.Best > double.NegativeInfinity)
        {
            _best = (new AlignedBuffer(_weights.Length), new AlignedBuffer(_items.Ids.Length));
            using var lease = artifact.Lease();
            artifact.Tensor<float>("best.weights").Span.CopyTo(_best.Value.Weights.Span);
            artifact.Tensor<float>("best.items").Span.CopyTo(_best.Value.Items.Span);
        }
        return (int.Parse(facts["epoch"], CultureInfo.InvariantCulture), int.Parse(facts["batch"], CultureInfo.InvariantCulture));
    }
}
