namespace Kindred.Numerics.Ranking;

/// <summary>Scores one block of 32 items whose vectors lie dimension by dimension, so that no sum runs across a register.</summary>
internal interface IBlockKernel
{
    /// <summary>Scores the block.</summary>
    /// <param name="block">Its first byte.</param>
    /// <param name="scales">Scale of each of its items; not read by kernels without scales.</param>
    /// <param name="query">The query as the kernel's storage prepares it.</param>
    /// <param name="steps">Steps along the dimensions, as many as the storage has.</param>
    /// <param name="threshold">Scores above it are looked for.</param>
    /// <param name="scores">Receives the 32 scores if one is above the threshold; else undefined.</param>
    /// <returns>A bit per item, 1 = its score is above the threshold. NaN is not.</returns>
    static abstract uint Score(ref byte block, ref float scales, ref int query, nint steps, float threshold, ref float scores);
}
