using Kindred.Numerics.Probability;

namespace Kindred.Numerics.Tests;

public class MixtureOddsTests
{
    private const float Smoothing = 0.05f;

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Add_EveryLength_AgreesWithReference(int width) => Assert.All(Every.Length.Append(5000), length =>
    {
        var random = new Random(length);
        var amounts = Every.Floats(random, length); // half of them not above 0
        for (var i = 0; i < length; i++)
            amounts[i] = i / 40 % 2 == 1 ? 0 : amounts[i]; // and whole stretches of nothing
        float[] inverses = [.. Enumerable.Range(0, length).Select(_ => 1 + 1e6f * random.NextSingle())];
        var actual = Every.Floats(random, length);
        double[] expected = [.. actual.Select(score => (double)score)];

        MixtureOddsReference.Add(amounts, inverses, Smoothing, 0.7, expected);
        MixtureOdds.Add((SimdWidth)width, amounts, inverses, Smoothing, 0.7f, actual);

        for (var i = 0; i < length; i++)
            Assert.Equal(expected[i], actual[i], tolerance: 1e-6 * (2 + Math.Abs(expected[i])));
    });

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Add_NothingPositive_SaysNothing(int width) => Assert.All(new[] { 0f, -1f, float.NaN }, amount =>
    {
        var (amounts, inverses, scores) = (new float[100], new float[100], Every.Floats(new Random(2), 100));
        Array.Fill(amounts, amount);
        var before = (float[])scores.Clone();

        MixtureOdds.Add((SimdWidth)width, amounts, inverses, Smoothing, 1, scores);

        Assert.Equal(before, scores);
    });
}
