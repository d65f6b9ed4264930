using System.Numerics.Tensors;
using Kindred.Numerics.Dense;
using Kindred.Numerics.Threading;

namespace Kindred.Numerics.Ranking;

/// <summary>Lloyd's k-means (1982); the distances are one matrix product: |x - c|² is least where x·c - |c|²/2 is largest.</summary>
public static class KMeans
{
    private const int RowsPerBlock = 256;

    /// <summary>Finds centres.</summary>
    /// <param name="rows">Row-major, shape [count, dimensions]; finite.</param>
    /// <param name="dimensions">Length of a row.</param>
    /// <param name="clusters">Number of centres, at most as many as rows.</param>
    /// <param name="rounds">Rounds of assigning and averaging.</param>
    /// <param name="seed">Seed of the rows that begin as centres, and of those that replace a centre without rows.</param>
    /// <param name="threads">Threads, the caller's included. The result does not depend on them.</param>
    /// <param name="cancellationToken">Looked at between blocks of rows.</param>
    /// <returns>Row-major, shape [clusters, dimensions].</returns>
    public static float[] Train(
        ReadOnlyMemory<float> rows, int dimensions, int clusters, int rounds, int seed, int threads,
        CancellationToken cancellationToken = default)
    {
        var count = BlockSizes.ItemCount(rows.Span, dimensions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, count);
        var random = new Random(seed);
        var order = Enumerable.Range(0, count).ToArray();
        random.Shuffle(order);
        var centres = new float[clusters * dimensions];
        for (var cluster = 0; cluster < clusters; cluster++)
            Row(rows.Span, order[cluster], dimensions).CopyTo(centres.AsSpan(cluster * dimensions));
        var assigned = new int[count];
        for (var round = 0; round < rounds; round++)
        {
            Assign(rows, dimensions, centres, assigned, threads, cancellationToken);
            Average(rows.Span, dimensions, assigned, centres, random);
        }
        return centres;
    }

    /// <summary>Finds the nearest centre of each row; of equally near ones the first. A row that is not finite goes to the first.</summary>
    public static void Assign(
        ReadOnlyMemory<float> rows, int dimensions, float[] centres, int[] assigned, int threads, CancellationToken cancellationToken = default)
    {
        var clusters = centres.Length / dimensions;
        var halfNorms = new float[clusters];
        for (var cluster = 0; cluster < clusters; cluster++)
            halfNorms[cluster] = TensorPrimitives.SumOfSquares<float>(centres.AsSpan(cluster * dimensions, dimensions)) / 2;
        var packed = new PackedMatrix(new MatrixView(centres, clusters, dimensions).Transposed);
        var products = new float[]?[threads];
        Workers.ForBlocks(assigned.Length, RowsPerBlock, threads, (worker, from, to) =>
        {
            var scores = products[worker] ??= new float[RowsPerBlock * clusters];
            var block = rows.Span.Slice(from * dimensions, (to - from) * dimensions);
            Gemm.MultiplyPacked(new MatrixView(block, to - from, dimensions), packed, scores, clusters);
            for (var row = from; row < to; row++)
            {
                var mine = scores.AsSpan((row - from) * clusters, clusters);
                TensorPrimitives.Subtract(mine, halfNorms, mine);
                var best = TensorPrimitives.IndexOfMax<float>(mine);
                assigned[row] = float.IsNaN(mine[best]) ? 0 : best;
            }
        }, cancellationToken);
    }

    private static void Average(ReadOnlySpan<float> rows, int dimensions, int[] assigned, float[] centres, Random random)
    {
        var counts = new int[centres.Length / dimensions];
        Array.Clear(centres);
        for (var row = 0; row < assigned.Length; row++)
        {
            var centre = centres.AsSpan(assigned[row] * dimensions, dimensions);
            TensorPrimitives.Add(centre, Row(rows, row, dimensions), centre);
            counts[assigned[row]]++;
        }
        for (var cluster = 0; cluster < counts.Length; cluster++)
        {
            var centre = centres.AsSpan(cluster * dimensions, dimensions);
            if (counts[cluster] == 0)
                Row(rows, random.Next(assigned.Length), dimensions).CopyTo(centre);
            else
                TensorPrimitives.Divide(centre, counts[cluster], centre);
        }
    }

    private static ReadOnlySpan<float> Row(ReadOnlySpan<float> rows, int row, int dimensions) => rows.Slice(row * dimensions, dimensions);
}
