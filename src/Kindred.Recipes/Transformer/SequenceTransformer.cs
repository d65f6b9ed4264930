using System.Collections.Concurrent;
using System.Globalization;
using Kindred.Numerics.Dense;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Transformer;

/// <summary>A causal transformer over a user's steps; its scores are logits of the next item (softmax gives the probability).</summary>
internal sealed class SequenceTransformer : IMember
{
    private readonly WeightLayout _layout;
    private readonly ReadOnlyMemory<float> _weights;
    private readonly ReadOnlyMemory<float> _vectors;
    private readonly ReadOnlyMemory<float> _logShares;
    private readonly ConcurrentBag<ServingScratch> _scratches = [];
    private PackedBlock[]? _packed;

    /// <param name="layout">Shape of the network.</param>
    /// <param name="weights">In the order of the layout.</param>
    /// <param name="vectors">Item vectors, shape [items, width].</param>
    /// <param name="logShares">What is said about a user without a history, shape [items].</param>
    public SequenceTransformer(WeightLayout layout, ReadOnlyMemory<float> weights, ReadOnlyMemory<float> vectors, ReadOnlyMemory<float> logShares)
    {
        (_layout, _weights, _vectors, _logShares) = (layout, weights, vectors, logShares);
        if (weights.Length != layout.Length || vectors.Length != (long)logShares.Length * layout.Width)
            throw new ArgumentException(
                $"{weights.Length} weights and {vectors.Length} item values do not fit {logShares.Length} items of width {layout.Width}.");
    }

    public int ItemCount => _logShares.Length;

    public WeightLayout Layout => _layout;

    /// <summary>Item vectors, shape [items, width].</summary>
    public ReadOnlyMemory<float> Vectors => _vectors;

    public ReadOnlyMemory<float> Weights => _weights;

    /// <summary>Features of the catalogue that the item vectors contain; empty without metadata.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>Their vectors, for updates, shape [features, width].</summary>
    public ReadOnlyMemory<float> FeatureVectors { get; init; }

    /// <summary>The users that attributes are known of; null when attributes are not an input.</summary>
    public KnownUsers? Users { get; init; }

    /// <summary>What contexts can say; null when they are no input.</summary>
    public ContextFeatures? Contexts { get; init; }

    /// <summary>Columns of contexts that say something.</summary>
    public IReadOnlyList<string> ContextColumns => Contexts is null ? [] : [.. Contexts.Columns.Select(column => column.Name)];

    /// <summary>Whether attributes alone say more than popularity about somebody who has done nothing yet.</summary>
    public bool ServesNewcomers { get; init; }

    /// <summary>Items that came with another catalogue and were never learned; empty in a model that was trained.</summary>
    public IReadOnlySet<int> NewItems { get; init; } = new HashSet<int>();

    /// <summary>Whether the model has something to go by: an item of the history that it knows, or a user of whom it knows enough.</summary>
    public bool Knows(in ScoreQuery query)
    {
        foreach (var seen in query.History)
        {
            if ((uint)seen.Item < (uint)ItemCount)
                return true;
        }
        return KnowsNewcomer(FindUser(query.User));
    }

    public void Score(in ScoreQuery query, Span<float> scores)
    {
        var user = FindUser(query.User);
        if (!_scratches.TryTake(out var scratch))
            scratch = new ServingScratch(_layout, Users?.Features);
        scratch.Steps.Read(query.History, ItemCount, _layout.EventTypes, _layout.MaxLength);
        scratch.Context.Clear();
        if (query.Context is not null)
            Contexts?.Read(query.Context, scratch.Context);
        if (scratch.Steps.Count == 0 && !KnowsNewcomer(user))
            _logShares.Span.CopyTo(scores);
        else
            Score(_layout, _weights.Span, _packed ??= PackedBlock.Of(_layout, _weights.Span), _vectors.Span, scratch, user, scores);
        _scratches.Add(scratch); // not after an exception: its state would be unknown
    }

    /// <summary>Logits of the items after the steps of <paramref name="scratch"/>, of which there is at least one, in its context.</summary>
    public static void Score(
        WeightLayout layout, ReadOnlySpan<float> weights, PackedBlock[]? packed, ReadOnlySpan<float> vectors, ServingScratch scratch, int user,
        Span<float> scores)
    {
        var length = Math.Min(scratch.Steps.Count, layout.MaxLength);
        scratch.Tokens.Clear();
        scratch.Tokens.Add(scratch.Steps, scratch.Steps.Count - length, length, layout, user);
        ForwardPass.Run(layout, weights, packed, new ItemVectors(vectors, [], layout.Width), scratch);
        foreach (var said in scratch.Context)
            Network.AddContext(said, weights[layout.Contexts], scratch.Hidden.Span);
        RowProducts.Compute(vectors, layout.Width, scratch.Hidden.Span[..layout.Width], scores);
    }

    /// <summary>Trains on everything in <paramref name="data"/>.</summary>
    /// <param name="data">Interactions and, if known, what the items are.</param>
    /// <param name="options">Shape and training.</param>
    /// <param name="run">Seed, threads, checkpoints, progress and cancellation.</param>
    /// <param name="start">Weights to go on from: an update with new interactions takes a fraction of a training.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static SequenceTransformer Train(TrainingSet data, TransformerOptions options, TrainingRun run, SequenceTransformer? start = null)
    {
        using var training = new TransformerTraining(data, options, run, start);
        return training.Run();
    }

    /// <inheritdoc cref="TransformerQuote.Of"/>
    public static TrainingQuote Quote(TransformerOptions options, long interactions, int items, int threads) =>
        TransformerQuote.Of(options, interactions, items, threads);

    /// <summary>The same model over the catalogue of newer data, to go on from.</summary>
    public SequenceTransformer Remapped(CodeMap codes) => Remapped(codes.Items, codes.EventTypes, new float[codes.Items.Length]);

    /// <summary>The same model over another catalogue: items and event types that it does not know begin unlearned.</summary>
    /// <param name="itemFrom">For each item of the new catalogue its code in this one, or -1.</param>
    /// <param name="typeFrom">For each event type of the new data its code in this one's, or -1.</param>
    /// <param name="logShares">Popularity in the new data.</param>
    public SequenceTransformer Remapped(ReadOnlySpan<int> itemFrom, ReadOnlySpan<int> typeFrom, ReadOnlyMemory<float> logShares)
    {
        var width = _layout.Width;
        var layout = new WeightLayout(
            width, _layout.FeedForward, _layout.Blocks.Count, _layout.Heads,
            _layout.MaxLength, typeFrom.Length, _layout.UsesGaps, _layout.UserFeatures,
            _layout.ContextFeatures);
        var weights = new float[layout.Length];
        _weights.Span[_layout.Positions].CopyTo(weights.AsSpan(layout.Positions));
        var after = _layout.Gaps.Start.Value; // from here on the tensors are the same
        _weights.Span[after..].CopyTo(weights.AsSpan(layout.Gaps.Start.Value));
        CopyRows(_weights.Span[_layout.Types][width..], typeFrom, weights.AsSpan(layout.Types)[width..], width);
        _weights.Span[_layout.Types][..width].CopyTo(weights.AsSpan(layout.Types));
        var vectors = new float[(long)itemFrom.Length * width];
        CopyRows(_vectors.Span, itemFrom, vectors, width);
        var unknown = new HashSet<int>();
        for (var item = 0; item < itemFrom.Length; item++)
        {
            if (itemFrom[item] < 0)
                unknown.Add(item);
        }
        return new SequenceTransformer(layout, weights, vectors, logShares)
        {
            FeatureNames = FeatureNames, FeatureVectors = FeatureVectors, NewItems = unknown, Users = Users, Contexts = Contexts,
        };
    }

    private static void CopyRows(ReadOnlySpan<float> source, ReadOnlySpan<int> from, Span<float> target, int width)
    {
        for (var row = 0; row < from.Length; row++)
        {
            if (from[row] >= 0)
                source.Slice(from[row] * width, width).CopyTo(target[(row * width)..]);
        }
    }

    public void Write(ArtifactWriter writer, string prefix)
    {
        var shape = string.Create(CultureInfo.InvariantCulture,
            $"{_layout.Width} {_layout.FeedForward} {_layout.Blocks.Count} {_layout.Heads} "
            + $"{_layout.MaxLength} {_layout.EventTypes} {(_layout.UsesGaps ? 1 : 0)}");
        writer.Fact($"{prefix}shape", Users is null ? shape : string.Create(CultureInfo.InvariantCulture, $"{shape} {_layout.UserFeatures}"))
            .Tensor($"{prefix}weights", _weights)
            .Tensor($"{prefix}items", _vectors, _layout.Width)
            .Tensor($"{prefix}log_shares", _logShares)
            .Strings($"{prefix}features", FeatureNames)
            .Tensor($"{prefix}feature_vectors", FeatureVectors, _layout.Width);
        Users?.Write(writer, $"{prefix}users.");
        Contexts?.Write(writer, $"{prefix}contexts.");
        if (ServesNewcomers)
            writer.Fact($"{prefix}newcomers", "by attributes");
    }

    /// <exception cref="ModelArtifactException">The artifact holds no transformer of that prefix.</exception>
    public static SequenceTransformer Read(ModelArtifact artifact, string prefix)
    {
        var shape = (artifact.Metadata.GetValueOrDefault($"{prefix}shape") ?? "").Split(' ')
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        if (shape is not [> 0, > 0, > 0, > 0, > 0, >= 0, _, .. { Length: <= 1 } users])
            throw new ModelArtifactException($"The model artifact has no shape of a transformer named '{prefix}'.");
        try
        {
            var known = users is [> 0] ? KnownUsers.Read(artifact, $"{prefix}users.") : null;
            if (known is not null && known.Features.Count != users[0])
                throw new ModelArtifactException(
                    $"The transformer '{prefix}' of the model artifact has {users[0]} features of users and {known.Features.Count} names.");
            var contexts = ContextFeatures.TryRead(artifact, $"{prefix}contexts.");
            return new SequenceTransformer(
                new WeightLayout(
                    shape[0], shape[1], shape[2], shape[3], shape[4], shape[5], shape[6] == 1, known?.Features.Count ?? 0,
                    contexts?.Count ?? 0),
                artifact.Tensor<float>($"{prefix}weights"), artifact.Tensor<float>($"{prefix}items"), artifact.Tensor<float>($"{prefix}log_shares"))
            {
                FeatureNames = artifact.Strings($"{prefix}features"),
                FeatureVectors = artifact.Tensor<float>($"{prefix}feature_vectors"),
                Users = known,
                Contexts = contexts,
                ServesNewcomers = artifact.Metadata.ContainsKey($"{prefix}newcomers"),
            };
        }
        catch (ArgumentException e)
        {
            throw new ModelArtifactException($"The transformer '{prefix}' of the model artifact does not fit together.", e);
        }
    }

    private int FindUser(ReadOnlySpan<byte> id) => Users is not null && Users.Ids.TryFind(id, out var user) ? user : -1;

    private bool KnowsNewcomer(int user) => ServesNewcomers && user >= 0 && Users!.Features.Knows(user);
}
