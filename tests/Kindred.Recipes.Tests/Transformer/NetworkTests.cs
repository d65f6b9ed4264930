using Kindred.Recipes.Transformer;

namespace Kindred.Recipes.Tests.Transformer;

public class NetworkTests
{
    private const int Items = 30;
    private static readonly WeightLayout Layout = new(width: 32, feedForward: 48, blocks: 2, heads: 2, maxLength: 60, eventTypes: 2, usesGaps: true);

    [Fact]
    public void Backward_EveryTensor_AgreesWithFiniteDifferencesOfTheReference()
    {
        var (batch, sample) = (Batch(), Sample(popular: false));
        var (weights, vectors) = Weights();
        var (gradient, itemGradient, loss) = Differentiate(batch, sample, weights, vectors);
        var reference = new NetworkReference(Layout, [.. weights.Span.ToArray().Select(w => (double)w)], [.. vectors.Select(v => (double)v)]);

        Assert.Equal(reference.Loss(batch, sample), loss, tolerance: 1e-5);
        foreach (var (name, range) in Tensors())
            AssertGradient(name, reference, batch, sample, reference.Weights, range, gradient.Span);
        AssertGradient("items", reference, batch, sample, reference.Vectors, 0..(Items * Layout.Width), itemGradient);
    }

    [Fact]
    public void Forward_WithDropout_KeepsTheExpectedShareAndMean()
    {
        var seeds = SplitMix.At(1, 2, 3);
        var stream = new DropoutStream(ref seeds, 0.25);
        var (x, bits) = (new float[80_000], new byte[10_000]);
        Array.Fill(x, 1);

        RowKernels.Drop(x, bits, ref stream);

        Assert.Equal(0.25, x.Count(value => value == 0) / 80_000.0, tolerance: 0.01);
        Assert.Equal(1, x.Average(), tolerance: 0.02);
        RowKernels.DropGradient(x, bits, 1);
        Assert.Equal(1, x.Average(), tolerance: 0.02); // the bits say exactly what was kept
    }

    [Fact]
    public void Run_OneUser_AgreesWithTheNetworkThatTrained()
    {
        var (batch, (weights, vectors)) = (Batch(), Weights());
        var reference = new NetworkReference(Layout, [.. weights.Span.ToArray().Select(w => (double)w)], [.. vectors.Select(v => (double)v)]);
        var scratch = new ServingScratch(Layout);

        for (var window = 0; window < batch.Windows; window++)
        {
            var (start, end) = (batch.Starts[window], batch.Starts[window + 1]);
            scratch.Tokens.Clear();
            scratch.Tokens.Add(Steps(start, end - start + 1), 0, end - start, Layout);
            ForwardPass.Run(Layout, weights.Span, new ItemVectors(vectors, [], Layout.Width), scratch);

            var expected = reference.Hidden(scratch.Tokens, 0, end - start)[^1];
            for (var j = 0; j < Layout.Width; j++)
                Assert.Equal(expected[j], scratch.Hidden.Span[j], tolerance: 1e-4);
        }
    }

    [Fact]
    public void Differentiate_AllItemsSampled_IsTheFullSoftmax()
    {
        var (batch, (weights, vectors)) = (Batch(), Weights());
        var everything = new NegativeSample(Items, Items);
        for (var item = 0; item < Items; item++)
            everything.TryAdd(item);

        var (_, _, loss) = Differentiate(batch, everything, weights, vectors);

        var reference = new NetworkReference(Layout, [.. weights.Span.ToArray().Select(w => (double)w)], [.. vectors.Select(v => (double)v)]);
        Assert.Equal(reference.Loss(batch, everything), loss, tolerance: 1e-5);
    }

    /// <summary>Derivatives along random directions of the tensor: every element takes part in each.</summary>
    private static void AssertGradient(
        string name, NetworkReference reference, TokenBatch batch, NegativeSample sample, double[] values, Range range, ReadOnlySpan<float> actual)
    {
        const double Step = 1e-6;
        var random = new Random(7);
        var (start, length) = range.GetOffsetAndLength(values.Length);
        for (var probe = 0; probe < 2; probe++)
        {
            double[] direction = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
            var (expected, found, size) = (0.0, 0.0, 0.0);
            foreach (var sign in new[] { 1, -1 })
            {
                for (var i = 0; i < length; i++)
                    values[start + i] += sign * Step * direction[i];
                expected += sign * reference.Loss(batch, sample) / (2 * Step);
                for (var i = 0; i < length; i++)
                    values[start + i] -= sign * Step * direction[i];
            }
            for (var i = 0; i < length; i++)
            {
                found += actual[start + i] * direction[i];
                size += Math.Pow(actual[start + i] * direction[i], 2);
            }
            Assert.True(size > 0, $"{name} has no derivative.");
            Assert.True(Math.Abs(expected - found) < 2e-3 * Math.Sqrt(size), $"{name}: {found:E4} along a direction, {expected:E4} was expected.");
        }
    }

    private static IEnumerable<(string Name, Range Range)> Tensors()
    {
        yield return ("positions", new Range(40 * Layout.Width, 60 * Layout.Width));
        yield return ("types", Layout.Types);
        yield return ("gaps", new Range(Layout.Gaps.Start, Layout.Gaps.Start.Value + 4 * Layout.Width));
        yield return ("gain", Layout.Gain);
        yield return ("bias", Layout.Bias);
        foreach (var block in Layout.Blocks)
        {
            yield return ("projection", block.Projection);
            yield return ("projection bias", new Range(block.ProjectionBias.Start.Value + 2 * Layout.Width, block.ProjectionBias.End)); // a key's bias changes nothing
            yield return ("output", block.Output);
            yield return ("output bias", block.OutputBias);
            yield return ("expansion", block.Expansion);
            yield return ("expansion bias", block.ExpansionBias);
            yield return ("contraction", block.Contraction);
            yield return ("contraction bias", block.ContractionBias);
        }
    }

    private static (AlignedBuffer Gradient, float[] Items, double Loss) Differentiate(TokenBatch batch, NegativeSample sample, AlignedBuffer weights, float[] vectors)
    {
        var activations = new Activations(Layout, batch.Capacity);
        var (gradient, itemGradient) = (new AlignedBuffer(Layout.Length), new float[vectors.Length]);
        var seeds = SplitMix.At(1, 1, 1);
        var dropout = new DropoutStream(ref seeds, 0);
        var items = new ItemVectors(vectors, [], Layout.Width);
        var weight = batch.Weights.Take(batch.Count).Sum();
        Network.Forward(batch, Layout, weights.Span, items, activations, ref dropout);
        var loss = new SampledSoftmax(Layout.Width, sample.Items.Length).Differentiate(
            batch, sample, 1 / weight, items, activations.Hidden.Span, activations.HiddenGradient.Span, new ItemGradients(itemGradient, [], Layout.Width));
        Network.Backward(batch, Layout, weights.Span, activations, dropout, gradient.Span, new ItemGradients(itemGradient, [], Layout.Width));
        return (gradient, itemGradient, loss / weight);
    }

    private static TokenBatch Batch()
    {
        var batch = new TokenBatch(100);
        foreach (var length in new[] { 55, 1, 17, 3 }) // 55: more than one block of queries
            batch.Add(Steps(batch.Count, length + 1), 0, length, Layout);
        batch.Weights[4] = 0; // an input that is no target
        batch.Weights[9] = 3;
        return batch;
    }

    private static StepBuffer Steps(int seed, int count)
    {
        var (random, steps, item) = (new Random(seed), new StepBuffer(), 0);
        var history = new List<HistoryEvent>();
        for (var (i, time) = (0, 0L); i < count; i++, time += random.Next(4))
            history.Add(new HistoryEvent(item = (item + 1 + random.Next(Items - 1)) % Items, random.Next(3) - 1, time));
        steps.Read(history.ToArray(), Items, 2, most: count);
        return steps;
    }

    private static NegativeSample Sample(bool popular)
    {
        var sample = new NegativeSample(16, Items);
        for (var i = 0; i < 11; i++)
        {
            sample.TryAdd(i * 2);
            sample.Corrections[i] = popular ? i * 0.1f : (float)Math.Log(Items / 11.0);
        }
        return sample;
    }

    private static (AlignedBuffer Weights, float[] Vectors) Weights()
    {
        var random = SplitMix.At(5, 0, 0);
        var weights = new AlignedBuffer(Layout.Length);
        foreach (ref var weight in weights.Span)
            weight = 0.2f * random.NextNormal();
        var vectors = new float[Items * Layout.Width];
        foreach (ref var value in vectors.AsSpan())
            value = 0.2f * random.NextNormal();
        return (weights, vectors);
    }
}
