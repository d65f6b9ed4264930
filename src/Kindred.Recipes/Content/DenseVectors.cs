using System.Numerics.Tensors;
using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Content;

/// <summary>A dense vector per item.</summary>
/// <param name="Values">Row-major, shape [items, Width].</param>
/// <param name="Width">Dimensions; may be 0.</param>
internal readonly record struct DenseVectors(ReadOnlyMemory<float> Values, int Width)
{
    public ReadOnlySpan<float> Row(int item) => Values.Span.Slice(item * Width, Width);

    /// <summary>
    /// Adds the inner product of every item with <paramref name="vector"/>, shape [Width], to <paramref name="scores"/>, shape [items].
    /// </summary>
    public void AddProducts(ReadOnlySpan<float> vector, Span<float> scores)
    {
        var values = Values.Span;
        for (var item = 0; Width > 0 && item < scores.Length; item++)
            scores[item] += TensorPrimitives.Dot(vector, values.Slice(item * Width, Width));
    }

    public void Write(ArtifactWriter writer, string name) => writer.Tensor(name, Values).Tensor<int>($"{name}.width", new[] { Width });

    /// <exception cref="ModelArtifactException">The tensor is missing, or does not hold a vector per item.</exception>
    public static DenseVectors Read(ModelArtifact artifact, string name, int itemCount)
    {
        var (values, width) = (artifact.Tensor<float>(name), artifact.Tensor<int>($"{name}.width"));
        using var lease = artifact.Lease();
        if (width.Length != 1 || width.Span[0] < 0 || values.Length != (long)itemCount * width.Span[0])
            throw new ModelArtifactException($"The vectors '{name}' of the model artifact do not fit its {itemCount} items.");
        return new DenseVectors(values, width.Span[0]);
    }
}
