using Kindred.Recipes.Transformer;

namespace Kindred.Recipes.Tests.Transformer;

public class NetworkTests
{
    private const int Items = 30;
    private static readonly ItemFeatures Users = new(["GENDER=F", "GENDER=M", "AGE in range 3"], [0, 2, 2, 3], [0, 2, 1], [0.7f, 0.7f, 1]);

    private const int ContextFeatures = 4;

    private static WeightLayout LayoutOf(bool hasUsers, bool hasContexts = false) =>
        new(width: 32, feedForward: 48, blocks: 2, heads: 2, maxLength: 60, eventTypes: 2, usesGaps: true, userFeatures: hasUsers ? Users.Count : 0, contextFeatures: hasContexts ? ContextFeatures : 0);

    [Theory, InlineData(false, false), InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public void Backward_EveryTensor_AgreesWithFiniteDifferencesOfTheReference(bool hasUsers, bool hasContexts)
    {
        var layout = LayoutOf(hasUsers, hasContexts);
        var (batch, sample) = (Batch(layout), Sample(popular: false));
        var (weights, vectors) = Weights(layout);
        var (gradient, itemGradient, loss) = Differentiate(layout, batch, sample, weights, vectors);
        var reference = new NetworkReference(layout, [.. weights.Span.ToArray().Select(w => (double)w)], [.. vectors.Select(v => (double)v)]);

        Assert.Equal(reference.Loss(batch, sample), loss, tolerance: 1e-5);
        foreach (var (name, range) in Tensors(layout))
            AssertGradient(name, reference, batch, sample, reference.Weights, range, gradient.Span);
        AssertGradient("items", reference, batch, sample, reference.Vectors, 0..(Items * layout.Width), itemGradient);
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

    [Theory, InlineData(false), InlineData(true)]
    public void Run_OneUser_AgreesWithTheNetworkThatTrained(bool hasUsers)
    {
        var layout = LayoutOf(hasUsers);
        var (batch, (weights, vectors)) = (Batch(layout), Weights(layout));
        var reference = new NetworkReference(layout, [.. weights.Span.ToArray().Select(w => (double)w)], [.. vectors.Select(v => (double)v)]);
        var scratch = new ServingScratch(layout, layout.HasUserToken ? Users : null);

        for (var window = 0; window < batch.Windows; window++)
        {
            var (start, end) = (batch.Starts[window], batch.Starts[window + 1]);
            scratch.Tokens.Clear();
            var length = end - start - (layout.HasUserToken ? 1 : 0);
            scratch.Tokens.Add(Steps(start, length + 1), 0, length, layout, user: window - 1);
            ForwardPass.Run(layout, weights.Span, window % 2 == 0 ? null : PackedBlock.Of(layout, weights.Span), new ItemVectors(vectors, [], layout.Width), scratch);

            var expected = reference.Hidden(scratch.Tokens, 0, end - start)[^1];
            for (var j = 0; j < layout.Width; j++)
                Assert.Equal(expected[j], scratch.Hidden.Span[j], tolerance: 1e-4);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Differentiate_AllItemsSampled_IsTheFullSoftmax(bool hasUsers)
    {
        var layout = LayoutOf(hasUsers);
        var (batch, (weights, vectors)) = (Batch(layout), Weights(layout));
        var everything = new NegativeSample(Items, Items);
        for (var item = 0; item < Items; item++)
            everything.TryAdd(item);

        var (_, _, loss) = Differentiate(layout, batch, everything, weights, vectors);

        var reference = new NetworkReference(layout, [.. weights.Span.ToArray().Select(w => (double)w)], [.. vectors.Select(v => (double)v)]);
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

    private static IEnumerable<(string Name, Range Range)> Tensors(WeightLayout layout)
    {
        yield return ("positions", new Range(40 * layout.Width, 60 * layout.Width));
        yield return ("types", layout.Types);
        yield return ("gaps", new Range(layout.Gaps.Start, layout.Gaps.Start.Value + 4 * layout.Width));
        if (layout.HasUserToken)
            yield return ("users", layout.Users);
        if (layout.ContextFeatures > 0)
            yield return ("contexts", layout.Contexts);
        yield return ("gain", layout.Gain);
        yield return ("bias", layout.Bias);
        foreach (var block in layout.Blocks)
        {
            yield return ("projection", block.Projection);
            yield return ("projection bias", new Range(block.ProjectionBias.Start.Value + 2 * layout.Width, block.ProjectionBias.End)); // a key's bias changes nothing
            yield return ("output", block.Output);
            yield return ("output bias", block.OutputBias);
            yield return ("expansion", block.Expansion);
            yield return ("expansion bias", block.ExpansionBias);
            yield return ("contraction", block.Contraction);
            yield return ("contraction bias", block.ContractionBias);
        }
    }

    private static (AlignedBuffer Gradient, float[] Items, double Loss) Differentiate(WeightLayout layout, TokenBatch batch, NegativeSample sample, AlignedBuffer weights, float[] vectors)
    {
        var activations = new Activations(layout, batch.Capacity);
        var (gradient, itemGradient) = (new AlignedBuffer(layout.Length), new float[vectors.Length]);
        var seeds = SplitMix.At(1, 1, 1);
        var dropout = new DropoutStream(ref seeds, 0);
        var items = new ItemVectors(vectors, [], layout.Width);
        var weight = batch.Weights.Take(batch.Count).Sum();
        Network.Forward(batch, layout, weights.Span, items, activations, ref dropout);
        var loss = new SampledSoftmax(layout.Width, sample.Items.Length).Differentiate(
            batch, sample, 1 / weight, items, activations.Hidden.Span, activations.HiddenGradient.Span, new ItemGradients(itemGradient, [], layout.Width));
        Network.Backward(batch, layout, weights.Span, activations, dropout, gradient.Span, new ItemGradients(itemGradient, [], layout.Width));
        return (gradient, itemGradient, loss / weight);
    }

    private static TokenBatch Batch(WeightLayout layout)
    {
        var batch = new TokenBatch(100, layout.HasUserToken ? Users : null);
        foreach (var length in new[] { 55, 1, 17, 3 }) // 55: more than one block of queries
            batch.Add(Steps(batch.Count, length + 1), 0, length, layout, user: batch.Windows - 1, learnsFirst: batch.Windows != 2); // nobody known comes first
        for (var step = 0; step < batch.Count && layout.ContextFeatures > 0; step += 2) // every other target has a context, every fourth two columns of it
        {
            batch.Contexts.Add(new TargetContext(step, new ContextFeature(step % 3, 0.8f)));
            if (step % 4 == 0)
                batch.Contexts.Add(new TargetContext(step, new ContextFeature(3, 0.5f)));
        }
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

    private static (AlignedBuffer Weights, float[] Vectors) Weights(WeightLayout layout)
    {
        var random = SplitMix.At(5, 0, 0);
        var weights = new AlignedBuffer(layout.Length);
        foreach (ref var weight in weights.Span)
            weight = 0.2f * random.NextNormal();
        var vectors = new float[Items * layout.Width];
        foreach (ref var value in vectors.AsSpan())
            value = 0.2f * random.NextNormal();
        return (weights, vectors);
    }
}
