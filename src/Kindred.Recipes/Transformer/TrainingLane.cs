using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// A fixed share of every step. The number of lanes does not depend on the number of threads, and each lane adds up its own gradient in
/// its own order, so any number of threads gives the same bits.
/// </summary>
internal sealed class TrainingLane
{
    /// <summary>Steps of a micro-batch: its activations stay near the second cache level, and the negatives are shared by enough positions.</summary>
    private const int TokensPerBatch = 1024;

    private readonly int _lane;
    private readonly WeightLayout _layout;
    private readonly NegativeSampler _sampler;
    private readonly int _itemCount;
    private readonly double _dropout;
    private readonly int _seed;
    private readonly StepBuffer _steps = new();
    private readonly List<(TokenBatch Tokens, NegativeSample Negatives)> _batches = [];
    private readonly List<TrainingWindow> _windows = [];
    private readonly Activations _activations;
    private readonly SampledSoftmax _softmax;
    private readonly LearnedUsers? _users;
    private readonly LoggedContexts? _contexts;
    private readonly List<ContextFeature> _said = [];
    private int _used;
    private SplitMix _hiding;
    private SplitMix _hidingContexts;

    public TrainingLane(
        int lane, WeightLayout layout, NegativeSampler sampler, int itemCount, double dropout, int seed, LearnedUsers? users = null,
        LoggedContexts? contexts = null)
    {
        (_users, _contexts) = (users, contexts);
        (_lane, _layout, _sampler, _itemCount, _dropout, _seed) = (lane, layout, sampler, itemCount, dropout, seed);
        _activations = new Activations(layout, Capacity);
        _softmax = new SampledSoftmax(layout.Width, sampler.Size);
        Gradient = new AlignedBuffer(layout.Length);
        ItemGradient = new AlignedBuffer(0);
    }

    /// <summary>Room for one window more, so that a lane that has a little over its share needs no second, nearly empty batch.</summary>
    private int Capacity => TokensPerBatch + _layout.MaxTokens;

    /// <summary>Derivative of every weight but the item vectors, in the order of the layout.</summary>
    public AlignedBuffer Gradient { get; }

    /// <summary>Derivative of the item vectors, shape [rows of the step, width].</summary>
    public AlignedBuffer ItemGradient { get; private set; }

    /// <summary>Σ weight · cross-entropy of the step.</summary>
    public double Loss { get; private set; }

    /// <summary>Σ weight of the targets of the step.</summary>
    public double Weight { get; private set; }

    /// <summary>Positions of the step.</summary>
    public int Tokens { get; private set; }

    /// <summary>Items whose vectors the step reads, with repetitions.</summary>
    public IEnumerable<ReadOnlyMemory<int>> Touched()
    {
        foreach (var (tokens, negatives) in _batches.Take(_used))
        {
            yield return tokens.Items.AsMemory(0, tokens.Count);
            yield return tokens.Targets.AsMemory(0, tokens.Count);
            yield return negatives.Items.AsMemory(0, negatives.Count);
        }
    }

    public void Clear()
    {
        _windows.Clear();
        Tokens = 0;
    }

    public void Take(TrainingWindow window)
    {
        _windows.Add(window);
        Tokens += window.Length;
    }

    /// <summary>Packs the windows into micro-batches and draws their negatives.</summary>
    /// <param name="log">Interactions.</param>
    /// <param name="plan">How many steps of a user train.</param>
    /// <param name="step">Number of the step.</param>
    public void Prepare(InteractionLog log, EpochPlan plan, long step)
    {
        (_used, Weight) = (0, 0);
        TokenBatch? tokens = null;
        var extra = _layout.HasUserToken ? 1 : 0;
        foreach (var window in _windows)
        {
            if (tokens is null || tokens.Count + window.Length + extra > Capacity)
                tokens = NextBatch(step);
            _steps.Read(log, window.User);
            _steps.Truncate(plan.StepsOf(window.User));
            if (_users is null)
                tokens.Add(_steps, window.From, window.Length, _layout);
            else
                tokens.Add(
                    _steps, window.From, window.Length, _layout, LearnedUsers.RowOf(window.User, ref _hiding),
                    _users.LearnsFirst(window.User));
            if (_contexts is not null)
                AddContexts(tokens, window);
        }
        for (var batch = 0; batch < _used; batch++)
        {
            foreach (var weight in _batches[batch].Tokens.Weights.AsSpan(0, _batches[batch].Tokens.Count))
                Weight += weight;
        }
    }

    /// <summary>Adds up the derivatives of the lane's micro-batches.</summary>
    /// <param name="weights">In the order of the layout.</param>
    /// <param name="items">Item vectors.</param>
    /// <param name="scale">1 over the weights of all lanes' targets.</param>
    /// <param name="step">Number of the step.</param>
    /// <param name="cancellationToken">Looked at between micro-batches.</param>
    public void Differentiate(ReadOnlySpan<float> weights, ItemTable items, float scale, long step, CancellationToken cancellationToken)
    {
        var width = _layout.Width;
        if (ItemGradient.Length < (long)items.Rows * width)
            ItemGradient = new AlignedBuffer(items.IsSparse ? (long)items.Rows * width * 5 / 4 : (long)items.Rows * width);
        ItemGradient[..(items.Rows * width)].Clear();
        Gradient.Span.Clear();
        var itemGradient = items.Gradient(ItemGradient.Span);
        Loss = 0;
        for (var batch = 0; batch < _used; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (tokens, negatives) = _batches[batch];
            var seeds = SplitMix.At(_seed, step, RandomParts.Batch(_lane, batch) + RandomParts.Dropout);
            var dropout = new DropoutStream(ref seeds, _dropout);
            Network.Forward(tokens, _layout, weights, items.Vectors, _activations, ref dropout);
            Loss += _softmax.Differentiate(
                tokens, negatives, scale, items.Vectors, _activations.Hidden.Span, _activations.HiddenGradient.Span, itemGradient);
            Network.Backward(tokens, _layout, weights, _activations, dropout, Gradient.Span, itemGradient);
        }
    }

    /// <summary>Tells of each target of the newest window what was known when it was still to come.</summary>
    private void AddContexts(TokenBatch tokens, TrainingWindow window)
    {
        var (start, end) = (tokens.Starts[tokens.Windows - 1], tokens.Starts[tokens.Windows]);
        for (var step = start; step < end; step++)
        {
            if (tokens.Weights[step] <= 0 || LoggedContexts.IsHidden(ref _hidingContexts))
                continue;
            var target = tokens.IsUser(step) ? 0 : window.From + window.Length - (end - 1 - step);
            _said.Clear();
            _contexts!.Read(_steps.Firsts[target], _said);
            foreach (var feature in _said)
                tokens.Contexts.Add(new TargetContext(step, feature));
        }
    }

    private TokenBatch NextBatch(long step)
    {
        if (_used == _batches.Count)
            _batches.Add((new TokenBatch(Capacity, _users?.Features), new NegativeSample(_sampler.Size, _itemCount)));
        var (tokens, negatives) = _batches[_used];
        tokens.Clear();
        var random = SplitMix.At(_seed, step, RandomParts.Batch(_lane, _used));
        _sampler.Draw(ref random, negatives);
        _hiding = SplitMix.At(_seed, step, RandomParts.Batch(_lane, _used) + RandomParts.Attributes);
        _hidingContexts = SplitMix.At(_seed, step, RandomParts.Batch(_lane, _used) + RandomParts.Contexts);
        _used++;
        return tokens;
    }
}
