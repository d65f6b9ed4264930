using CsCheck;
using Kindred.Numerics.Ranking;

namespace Kindred.Numerics.Tests;

public class TopKTests
{
    private static readonly float[] Odd = [0, 1, 2, -1, float.NaN, float.NegativeInfinity, float.PositiveInfinity];

    [Fact]
    public void Select_EveryLengthAndCount_AgreesWithReference() => Assert.All(Lengths.All, length =>
    {
        var scores = Lengths.Values(length);
        foreach (var count in new[] { 0, 1, 5, 25, length, length + 3 })
            Assert.Equal(TopKReference.Select(scores, _ => false, count), Select(scores, [], count));
    });

    // Few different values, so that ties, NaN and infinities meet at every place.
    [Fact]
    public void Select_TiesNaNInfinitiesAndExclusion_AgreesWithReference() =>
        (from scores in Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]).Array[0, 200]
         from excluded in Gen.Bool.Array[scores.Length]
         from count in Gen.Int[0, 40]
         select (scores, excluded, count)).Sample(sample =>
    {
        var bitmap = new ulong[(sample.scores.Length + 63) / 64];
        for (var i = 0; i < sample.excluded.Length; i++)
        {
            if (sample.excluded[i])
                bitmap[i / 64] |= 1UL << (i % 64);
        }

        Assert.Equal(TopKReference.Select(sample.scores, i => sample.excluded[i], sample.count), Select(sample.scores, bitmap, sample.count));
    }, iter: 2000, threads: 1);

    [Fact]
    public void Select_BitmapTooShort_Throws() =>
        Assert.Throws<ArgumentException>(() => TopK.Select(new float[65], new ulong[1], new int[1]));

    private static int[] Select(float[] scores, ulong[] excluded, int count)
    {
        var best = new int[count];
        return best[..TopK.Select(scores, excluded, best)];
    }
}
