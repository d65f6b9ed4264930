using Kindred.Numerics.Optimization;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// The item vectors in training: id vectors and, with metadata, feature vectors. In small catalogues every row takes part in every step;
/// in large ones only the rows that a step touches are cleared, summed up and moved (lazy Adam).
/// </summary>
internal sealed class ItemTable
{
    /// <summary>From this many items on only touched rows move.</summary>
    public const int SparseFrom = 20_000;

    private const int RowsPerBlock = 128;
    private readonly int[] _rowOf;
    private readonly List<int> _touched = [];
    private readonly AlignedBuffer? _featureGradient;
    private readonly bool[]? _isHidden;
    private AlignedBuffer? _vectors;

    public ItemTable(int itemCount, int width, ItemFeatures? features)
    {
        (ItemCount, Width, Features) = (itemCount, width, features);
        Ids = new TrainedTensor((long)itemCount * width);
        _rowOf = IsSparse ? new int[itemCount] : [];
        if (features is null)
            return;
        FeatureVectors = new TrainedTensor((long)features.Count * width);
        _featureGradient = new AlignedBuffer((long)features.Count * width);
        _isHidden = new bool[itemCount];
        if (!IsSparse)
            _vectors = new AlignedBuffer((long)itemCount * width);
    }

    public int ItemCount { get; }
    public int Width { get; }
    public ItemFeatures? Features { get; }
    public TrainedTensor Ids { get; }

    /// <summary>Shape [features, width]; null without metadata.</summary>
    public TrainedTensor? FeatureVectors { get; }

    public bool IsSparse => ItemCount >= SparseFrom;

    /// <summary>Rows of a gradient in this step.</summary>
    public int Rows => IsSparse ? _touched.Count : ItemCount;

    /// <summary>The vectors that the step trains with.</summary>
    public ItemVectors Vectors => _vectors is null ? new(Ids.Values.Span, [], Width) : new(_vectors.Span, _rowOf, Width);

    /// <summary>A gradient of this step's rows over a buffer of a lane.</summary>
    public ItemGradients Gradient(Span<float> values) => new(values, _rowOf, Width);

    /// <summary>Prepares a step.</summary>
    /// <param name="touched">Items whose vectors the step reads, with repetitions; only looked at when sparse.</param>
    /// <param name="random">Decides which id vectors are hidden.</param>
    /// <param name="idDropout">Share of the items whose id vector is hidden.</param>
    /// <param name="team">Threads.</param>
    public void Begin(IEnumerable<ReadOnlyMemory<int>> touched, SplitMix random, double idDropout, ThreadTeam team)
    {
        if (IsSparse)
            Number(touched);
        if (Features is null)
            return;
        if (_vectors is null || _vectors.Length < Rows * Width)
            _vectors = new AlignedBuffer((long)Rows * Width * 5 / 4);
        for (var row = 0; row < Rows; row++)
            _isHidden![ItemOf(row)] = idDropout > 0 && Features.Knows(ItemOf(row)) && random.NextDouble() < idDropout;
        team.Run((Rows + RowsPerBlock - 1) / RowsPerBlock, block =>
        {
            for (var row = block * RowsPerBlock; row < Math.Min(Rows, (block + 1) * RowsPerBlock); row++)
                Compose(ItemOf(row), _isHidden![ItemOf(row)], _vectors.Span.Slice(row * Width, Width));
        });
    }

    /// <summary>Moves the vectors against the sum of the lanes' gradients, added in the order of the lanes.</summary>
    public void Step(IReadOnlyList<AlignedBuffer> lanes, AdamStep step, ThreadTeam team)
    {
        var rows = Rows;
        team.Run((rows + RowsPerBlock - 1) / RowsPerBlock, block =>
        {
            var from = block * RowsPerBlock;
            var count = Math.Min(RowsPerBlock, rows - from);
            var part = (from * Width)..((from + count) * Width);
            var sum = lanes[0][part];
            for (var lane = 1; lane < lanes.Count; lane++)
                RowKernels.AddScaled(1, lanes[lane][part], sum);
            if (!IsSparse && _isHidden is null)
            {
                Ids.Step(part, sum, step);
                return;
            }
            for (var row = 0; row < count; row++)
            {
                var item = ItemOf(from + row);
                if (_isHidden is null || !_isHidden[item])
                    Ids.Step((item * Width)..((item + 1) * Width), sum.Slice(row * Width, Width), step);
            }
        });
        if (Features is not null)
            StepFeatures(lanes[0].Span, rows, step, team);
    }

    /// <summary>An item's vector as it is served: without an id part when it was never learned, but its features are known.</summary>
    public void Compose(int item, bool hidesId, Span<float> vector)
    {
        if (hidesId)
            vector.Clear();
        else
            Ids.Values.Span.Slice(item * Width, Width).CopyTo(vector);
        if (Features is null)
            return;
        for (var i = Features.Starts[item]; i < Features.Starts[item + 1]; i++)
            RowKernels.AddScaled(Features.Weights[i], FeatureVectors!.Values.Span.Slice(Features.Codes[i] * Width, Width), vector);
    }

    /// <summary>Turns a whole item vector into its id's part.</summary>
    public void RemoveFeatures(int item)
    {
        for (var i = Features!.Starts[item]; i < Features.Starts[item + 1]; i++)
            RowKernels.AddScaled(
                -Features.Weights[i], FeatureVectors!.Values.Span.Slice(Features.Codes[i] * Width, Width),
                Ids.Values.Span.Slice(item * Width, Width));
    }

    private int ItemOf(int row) => IsSparse ? _touched[row] : row;

    private void Number(IEnumerable<ReadOnlyMemory<int>> touched)
    {
        foreach (var item in _touched)
            _rowOf[item] = 0;
        _touched.Clear();
        foreach (var items in touched)
        {
            foreach (var item in items.Span)
            {
                if (_rowOf[item] != 0)
                    continue;
                _touched.Add(item);
                _rowOf[item] = _touched.Count;
            }
        }
        for (var row = 0; row < _touched.Count; row++)
            _rowOf[_touched[row]] = row;
    }

    private void StepFeatures(ReadOnlySpan<float> sum, int rows, AdamStep step, ThreadTeam team)
    {
        var gradient = _featureGradient!.Span;
        gradient.Clear();
        for (var row = 0; row < rows; row++)
        {
            var item = ItemOf(row);
            for (var i = Features!.Starts[item]; i < Features.Starts[item + 1]; i++)
                RowKernels.AddScaled(Features.Weights[i], sum.Slice(row * Width, Width), gradient.Slice(Features.Codes[i] * Width, Width));
        }
        var count = Features!.Count;
        team.Run((count + RowsPerBlock - 1) / RowsPerBlock, block =>
        {
            var part = (block * RowsPerBlock * Width)..(Math.Min(count, (block + 1) * RowsPerBlock) * Width);
            FeatureVectors!.Step(part, _featureGradient[part], step);
        });
    }
}
