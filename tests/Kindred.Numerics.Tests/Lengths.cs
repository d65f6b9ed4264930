using System.Numerics;

namespace Kindred.Numerics.Tests;

/// <summary>Lengths around every vector width, the block sizes of the kernels, 0 and 1.</summary>
internal static class Lengths
{
    public static IEnumerable<int> All =>
        Enumerable.Range(0, 4 * Vector<float>.Count + 3).Concat([127, 128, 129, 511, 512, 513, 1025, 5000]);

    public static float[] Values(int length, float scale = 10)
    {
        var random = new Random(length); // the length is the seed, so a failure names its own input
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) * scale)];
    }
}
