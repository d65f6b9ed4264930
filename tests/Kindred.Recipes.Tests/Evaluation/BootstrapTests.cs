using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Evaluation;

public class BootstrapTests
{
    [Fact]
    public void Estimate_SameSeed_IsTheSameOnAnyThreads()
    {
        double[][] metrics = [[.. Enumerable.Range(0, 300).Select(i => i % 7 / 7.0)], [.. Enumerable.Range(0, 300).Select(i => i % 2 * 1.0)]];

        Assert.Equal(Bootstrap.Estimate(metrics, new TrainingRun(5, 1)), Bootstrap.Estimate(metrics, new TrainingRun(5, 3)));
        Assert.NotEqual(Bootstrap.Estimate(metrics, new TrainingRun(5, 1)), Bootstrap.Estimate(metrics, new TrainingRun(6, 1)));
    }

    [Fact]
    public void Estimate_ManyUsers_AgreesWithTheNormalApproximation()
    {
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble())];
        var (mean, error) = (values.Average(), Math.Sqrt(1 / 12.0 / 2000));

        var estimate = Bootstrap.Estimate([values], new TrainingRun(1, 2))[0];

        Assert.Equal(mean, estimate.Value, tolerance: 1e-12);
        Assert.Equal(mean - 1.96 * error, estimate.Low, tolerance: 0.1 * error * 1.96);
        Assert.Equal(mean + 1.96 * error, estimate.High, tolerance: 0.1 * error * 1.96);
    }

    [Fact]
    public void Estimate_NobodyOrOneUser_HasNoWidth()
    {
        Assert.Equal(default, Bootstrap.Estimate([[]], new TrainingRun(1))[0]);
        Assert.Equal(new MetricEstimate(0.5, 0.5, 0.5), Bootstrap.Estimate([[0.5]], new TrainingRun(1))[0]);
    }
}
