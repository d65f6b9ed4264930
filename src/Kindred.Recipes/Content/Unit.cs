using System.Numerics.Tensors;

namespace Kindred.Recipes.Content;

/// <summary>Vectors of length 1.</summary>
internal static class Unit
{
    /// <summary>Scales to length 1; zeros stay zeros.</summary>
    public static void Normalize(Span<float> vector)
    {
        var norm = TensorPrimitives.Norm((ReadOnlySpan<float>)vector);
        if (norm > 0 && float.IsFinite(1 / norm))
            TensorPrimitives.Multiply(vector, 1 / norm, vector);
        else
            vector.Clear();
    }
}
