using Kindred.Numerics.Optimization;

namespace Kindred.Numerics.Tests;

public class AdamTests
{
    private static AdamStep Settings(int step, float decay = 0) => new(Rate: 0.01f, Beta1: 0.9f, Beta2: 0.98f, Epsilon: 1e-8f, step, decay);

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Step_EveryLength_AgreesWithReference(int width) => Assert.All(Every.Length, length =>
    {
        var random = new Random(length);
        var weights = Every.Floats(random, length);
        var (mean, meanSquare) = (new float[length], new float[length]);
        AdamReference[] expected = [.. weights.Select(weight => new AdamReference(weight))];

        for (var step = 1; step <= 5; step++)
        {
            var gradients = Every.Floats(random, length);
            if (length > 0)
                gradients[0] = 0;
            Adam.Step((SimdWidth)width, weights, gradients, mean, meanSquare, Settings(step, decay: 0.1f));
            for (var i = 0; i < length; i++)
                expected[i].Step(gradients[i], Settings(step, decay: 0.1f));
        }

        for (var i = 0; i < length; i++)
            Assert.Equal(expected[i].Weight, weights[i], tolerance: 1e-6);
    });

    [Fact]
    public void Step_OnAParabola_FindsItsBottom()
    {
        float[] weights = [5, -3];
        var (mean, meanSquare) = (new float[2], new float[2]);

        for (var step = 1; step <= 5000; step++)
            Adam.Step(weights, [2 * (weights[0] - 1), 20 * (weights[1] - 2)], mean, meanSquare, Settings(step));

        Assert.Equal(1, weights[0], tolerance: 1e-3);
        Assert.Equal(2, weights[1], tolerance: 1e-3);
    }

    [Fact]
    public void StepRows_EveryRowTouched_GivesTheBitsOfADenseStep()
    {
        var random = new Random(4);
        var dense = Every.Floats(random, 5 * 12);
        var sparse = dense.ToArray();
        var (mean, meanSquare, sparseMean, sparseMeanSquare, last) = (new float[60], new float[60], new float[60], new float[60], new int[5]);

        for (var step = 1; step <= 4; step++)
        {
            var gradients = Every.Floats(random, 60);
            Adam.Step(dense, gradients, mean, meanSquare, Settings(step));
            Adam.StepRows(sparse, [0, 1, 2, 3, 4], gradients, sparseMean, sparseMeanSquare, last, Settings(step));
        }

        Assert.Equal(dense, sparse);
    }

    [Fact]
    public void StepRows_AfterSittingOut_MeansAreThoseOfADenseStep()
    {
        var random = new Random(4);
        const int Width = 7;
        var (dense, mean, meanSquare) = (new float[3 * Width], new float[3 * Width], new float[3 * Width]);
        var (sparse, sparseMean, sparseMeanSquare, last) = (new float[3 * Width], new float[3 * Width], new float[3 * Width], new int[3]);
        int[][] touched = [[1], [0, 1], [0], [0], [2, 0], [0], [1, 2]];

        for (var step = 1; step <= touched.Length; step++)
        {
            var rows = touched[step - 1];
            var gradients = Every.Floats(random, rows.Length * Width);
            var all = new float[3 * Width];
            for (var i = 0; i < rows.Length; i++)
                gradients.AsSpan(i * Width, Width).CopyTo(all.AsSpan(rows[i] * Width));
            Adam.Step(dense, all, mean, meanSquare, Settings(step));
            Adam.StepRows(sparse, rows, gradients, sparseMean, sparseMeanSquare, last, Settings(step));
        }

        Assert.Equal([6, 7, 7], last);
        foreach (var i in Enumerable.Range(Width, 2 * Width)) // rows 1 and 2, touched in the last step
        {
            Assert.Equal(mean[i], sparseMean[i], tolerance: 1e-6 * Math.Abs(mean[i]) + 1e-7);
            Assert.Equal(meanSquare[i], sparseMeanSquare[i], tolerance: 1e-6 * meanSquare[i] + 1e-8);
        }
        Assert.All(sparse, weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void StepRows_RowOutsideTheTable_Throws() =>
        Assert.Throws<ArgumentException>(() => Adam.StepRows(new float[4], [2], new float[2], new float[4], new float[4], new int[2], Settings(1)));
}
