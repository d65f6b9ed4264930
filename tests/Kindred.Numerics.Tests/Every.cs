namespace Kindred.Numerics.Tests;

/// <summary>What a kernel is tried with.</summary>
internal static class Every
{
    /// <summary>Every width runs on every processor: what the hardware lacks the runtime computes in smaller steps.</summary>
    public static TheoryData<int> Width => [(int)SimdWidth.Scalar, (int)SimdWidth.Vector256, (int)SimdWidth.Vector512];

    /// <summary>All lengths from 0 past eight of the widest registers.</summary>
    public static IEnumerable<int> Length => Enumerable.Range(0, 132);

    public static float[] Floats(Random random, int count, float scale = 2) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * scale)];
}
