using Kindred.Numerics.Dense;

namespace Kindred.Recipes.Transformer;

/// <summary>The matrices of a block that meet every step, in the order in which products read them: packed once, not for each request.</summary>
/// <param name="Projection">Queries, keys and values.</param>
/// <param name="Output">From the heads back to the residual.</param>
/// <param name="Expansion">First of the feed-forward layer.</param>
internal sealed record PackedBlock(PackedMatrix Projection, PackedMatrix Output, PackedMatrix Expansion)
{
    /// <summary>All blocks but the last, which meets one step alone.</summary>
    public static PackedBlock[] Of(WeightLayout layout, ReadOnlySpan<float> weights)
    {
        var packed = new PackedBlock[layout.Blocks.Count - 1];
        for (var block = 0; block < packed.Length; block++)
        {
            var (width, tensors) = (layout.Width, layout.Blocks[block]);
            packed[block] = new PackedBlock(
                new PackedMatrix(new MatrixView(weights[tensors.Projection], width, 3 * width)),
                new PackedMatrix(new MatrixView(weights[tensors.Output], width, width)),
                new PackedMatrix(new MatrixView(weights[tensors.Expansion], width, layout.FeedForward)));
        }
        return packed;
    }
}
