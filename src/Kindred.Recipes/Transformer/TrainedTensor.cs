using Kindred.Numerics.Optimization;
using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Transformer;

/// <summary>Weights and what the optimizer remembers about them.</summary>
internal sealed class TrainedTensor(long length)
{
    public AlignedBuffer Values { get; } = new(length);
    public AlignedBuffer Means { get; } = new(length);
    public AlignedBuffer Squares { get; } = new(length);

    public int Length => Values.Length;

    /// <summary>One step of the optimizer on a part.</summary>
    public void Step(Range part, ReadOnlySpan<float> gradient, in AdamStep step) =>
        Adam.Step(Values[part], gradient, Means[part], Squares[part], step);

    public void FillNormal(ref SplitMix random, float deviation)
    {
        var values = Values.Span;
        for (var i = 0; i < values.Length; i++)
            values[i] = deviation * random.NextNormal();
    }

    public void Write(ArtifactWriter writer, string name) => writer
        .Tensor($"{name}.values", Values.Memory).Tensor($"{name}.means", Means.Memory).Tensor($"{name}.squares", Squares.Memory);

    /// <exception cref="ModelArtifactException">The tensors are missing or of another length.</exception>
    public void Read(ModelArtifact artifact, string name)
    {
        Copy(artifact, $"{name}.values", Values);
        Copy(artifact, $"{name}.means", Means);
        Copy(artifact, $"{name}.squares", Squares);
    }

    private static void Copy(ModelArtifact artifact, string name, AlignedBuffer target)
    {
        using var lease = artifact.Lease();
        var source = artifact.Tensor<float>(name);
        if (source.Length != target.Length)
            throw new ModelArtifactException($"The tensor '{name}' has {source.Length} values; {target.Length} were expected.");
        source.Span.CopyTo(target.Span);
    }
}
