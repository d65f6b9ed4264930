using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics.Tensors;
using Kindred.Numerics.Dense;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Als;

/// <summary>
/// Item factors of implicit alternating least squares (Hu, Koren, Volinsky, <em>Collaborative filtering for implicit feedback datasets</em>,
/// ICDM 2008) with the regularisation of Rendle et al., <em>Revisiting the performance of iALS on item recommendation benchmarks</em>, RecSys 2022.
/// A user is folded in: their factors are solved for from their history when they are asked for, so that new users and new events count at once.
/// </summary>
internal sealed class AlsFactors : IMember
{
    private readonly AlsOptions _options;
    private readonly int _stride;
    private readonly ReadOnlyMemory<float> _factors;
    private readonly ReadOnlyMemory<float> _gram;
    private readonly ReadOnlyMemory<float> _typeWeights;
    private readonly HistoryItems.Pool _histories;
    private readonly ConcurrentBag<AlsSystem> _systems = [];

    private AlsFactors(AlsOptions options, ReadOnlyMemory<float> factors, ReadOnlyMemory<float> gram, ReadOnlyMemory<float> typeWeights)
    {
        (_options, _factors, _gram, _typeWeights) = (options, factors, gram, typeWeights);
        _stride = AlsTraining.StrideOf(options.Dimension);
        ItemCount = factors.Length / _stride;
        _histories = new HistoryItems.Pool(ItemCount);
    }

    public int ItemCount { get; }

    /// <summary>Floats in a user's factors.</summary>
    public int Stride => _stride;

    public static AlsFactors Train(TrainingSet data, AlsOptions options, TrainingRun run) => Train(data, options, run, out _);

    /// <param name="users">The factors of the users of <paramref name="data"/>, shape [users, Stride].</param>
    public static AlsFactors Train(TrainingSet data, AlsOptions options, TrainingRun run, out float[] users)
    {
        var training = new AlsTraining(data.Interactions, options, run);
        training.Run();
        run.Report(1, "done");
        users = training.Users;
        var weights = data.Interactions.TypeWeights.ToArray();
        TensorPrimitives.Divide(weights, Math.Max(1e-6f, TensorPrimitives.Max<float>(weights)), weights);
        return new AlsFactors(
            training.Options, training.Items, AlsTraining.GramOf(training.Items, training.Stride, training.Options.UnobservedWeight!.Value), weights);
    }

    /// <summary>What a training is expected to take.</summary>
    public static TrainingQuote Quote(DataShape shape, AlsOptions options, int threads)
    {
        const double ExactPerSecond = 3e10; // multiply-adds on one core: products, factorisations
        const double DescentPerSecond = 5e9;
        var (stride, sides) = ((double)AlsTraining.StrideOf(options.Dimension), (double)(shape.Users + shape.Items));
        var perEpoch = options.Dimension <= AlsSystem.MaxExact
            ? (2.0 * shape.Interactions * stride * stride + sides * stride * stride * stride / 3) / ExactPerSecond
            : (16.0 * shape.Interactions * stride + 4 * sides * stride * stride) / DescentPerSecond;
        return new TrainingQuote(
            TimeSpan.FromSeconds(0.1 + (options.Epochs + 0.5) * perEpoch / Math.Min(threads, Environment.ProcessorCount)),
            (long)(4 * sides * stride + 40.0 * shape.Interactions));
    }

    /// <summary>The factors of one item, shape [Stride].</summary>
    public ReadOnlySpan<float> ItemFactors(int item) => _factors.Span.Slice(item * _stride, _stride);

    /// <summary>The factors of the user with that history, shape [Stride]; zeros for one without known items.</summary>
    public void FoldIn(ReadOnlySpan<HistoryEvent> history, Span<float> user)
    {
        user.Clear();
        var seen = _histories.Take();
        seen.Collect(history, _typeWeights.Span);
        Decay(seen.Weights);
        var system = _systems.TryTake(out var idle) ? idle : new AlsSystem(_options, _stride);
        system.Solve(_factors.Span, _gram.Span, seen.Items, seen.Weights, user);
        _systems.Add(system);
        _histories.Return(seen);
    }

    public void Score(in ScoreQuery query, Span<float> scores)
    {
        Span<float> user = stackalloc float[_stride];
        FoldIn(query.History, user);
        RowProducts.Compute(_factors.Span, _stride, user, scores);
    }

    public void Write(ArtifactWriter writer, string prefix) => writer
        .Tensor($"{prefix}.items", _factors, columns: _stride).Tensor($"{prefix}.gram", _gram, columns: _stride)
        .Tensor($"{prefix}.type_weights", _typeWeights)
        .Tensor<double>($"{prefix}.options", new[]
        {
            _options.Dimension, _options.UnobservedWeight!.Value, _options.Regularization, _options.FrequencyExponent, _options.HistoryDecay,
        });

    public static AlsFactors Read(ModelArtifact artifact, string prefix, int itemCount)
    {
        using var lease = artifact.Lease();
        if (artifact.Tensor<double>($"{prefix}.options").Span
            is not [>= 1 and var dimension, var unobserved, var regularization, var exponent, var decay])
            throw new ModelArtifactException($"The factors '{prefix}' of the model artifact have no options.");
        var options = new AlsOptions
        {
            Dimension = (int)dimension, UnobservedWeight = unobserved,
            Regularization = regularization, FrequencyExponent = exponent, HistoryDecay = decay,
        };
        var (factors, gram) = (artifact.Tensor<float>($"{prefix}.items"), artifact.Tensor<float>($"{prefix}.gram"));
        var stride = AlsTraining.StrideOf(options.Dimension);
        if (factors.Length != (long)itemCount * stride || gram.Length != stride * stride)
            throw new ModelArtifactException(string.Create(
                CultureInfo.InvariantCulture,
                $"The factors '{prefix}' of the model artifact are not those of {itemCount} items in {options.Dimension} dimensions."));
        return new AlsFactors(options, factors, gram, artifact.Tensor<float>($"{prefix}.type_weights"));
    }

    private void Decay(Span<float> weights)
    {
        var step = 1f;
        for (var i = 0; i < weights.Length && _options.HistoryDecay < 1; i++, step *= (float)_options.HistoryDecay)
            weights[i] *= step;
    }
}
