using Kindred.Numerics.Sparse;
using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Members;

/// <summary>Item-to-item matrices: how large they may get, and how they lie in artifacts.</summary>
internal static class Rows
{
    private const int MaxEntries = 12_000_000; // 96 MB per matrix
    private const int MaxEntriesPerItem = 300; // ML-1M: NDCG@10 is the same from 200 to all 3,416

    /// <summary>Entries per item, so that a matrix stays under 100 MB for catalogues of up to a million items.</summary>
    public static int MaxPerItem(int itemCount) => Math.Clamp(MaxEntries / Math.Max(1, itemCount), 12, MaxEntriesPerItem);

    public static ArtifactWriter Write(this ArtifactWriter writer, string name, SparseRows rows) => writer
        .Tensor($"{name}.starts", rows.Starts).Tensor($"{name}.columns", rows.Columns).Tensor($"{name}.values", rows.Values);

    /// <exception cref="ModelArtifactException">The matrix is missing or not one over <paramref name="itemCount"/> items.</exception>
    public static SparseRows Read(ModelArtifact artifact, string name, int itemCount)
    {
        var rows = new SparseRows(
            artifact.Tensor<int>($"{name}.starts"), artifact.Tensor<int>($"{name}.columns"), artifact.Tensor<float>($"{name}.values"));
        using var lease = artifact.Lease();
        if (rows.RowCount != itemCount || rows.Starts.Span[^1] != rows.Columns.Length || rows.Columns.Length != rows.Values.Length)
            throw new ModelArtifactException($"The matrix '{name}' of the model artifact does not fit its {itemCount} items.");
        return rows;
    }
}
