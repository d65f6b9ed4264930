using System.Diagnostics;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Tests.Tuning;

public class TrainingQuotesTests
{
    private static readonly DataShape Small = new() { Interactions = 100_000, Users = 1_000, Items = 2_000, Steps = 100_000, Pairs = 1e7 };

    public static TheoryData<string> Recipes => [.. AutoMl.Candidates.Select(recipe => recipe.Description.Name)];

    [Theory, MemberData(nameof(Recipes))]
    public void Of_TenTimesTheData_CostsMore(string name)
    {
        var large = new DataShape { Interactions = 1_000_000, Users = 10_000, Items = 5_000, Steps = 1_000_000, Pairs = 1e8 };

        var (few, many) = (Of(name, Small), Of(name, large));

        Assert.True(few.Duration > TimeSpan.Zero && many.Duration > few.Duration, $"{few} {many}");
        Assert.True(few.PeakBytes > 18 * Small.Interactions && many.PeakBytes > few.PeakBytes, $"{few} {many}");
    }

    [Fact]
    public void Of_Quick_CostsAFractionOfFull() =>
        Assert.True(3 * Of("aws-user-personalization-v2", Small, TrainingEffort.Quick).Duration < Of("aws-user-personalization-v2", Small).Duration);

    [Fact]
    public void Of_MoreThreads_IsNotSlower() =>
        Assert.True(Of("kindred-ials", Small, threads: 2).Duration <= Of("kindred-ials", Small, threads: 1).Duration);

    [Fact]
    public void Of_TrainingThatWasMeasured_IsWithinAFactor()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("KINDRED_LONG_TESTS") == "1" && SharedData.MovieLens1M() is not null,
            "Needs a machine of its own, and MovieLens 1M.");
        var data = new TrainingSet(SharedData.MovieLens1M()!);
        Assert.All(["aws-popularity-count", "kindred-ease", "kindred-ials", "kindred-sequence-statistics", "kindred-item-knn"], name =>
        {
            var recipe = Models.Recipe(name);
            var quote = TrainingQuotes.Of(recipe, RecipeSettings.Defaults(recipe.Description), DataShape.Of(data), TrainingEffort.Full, 2);
            var started = Stopwatch.GetTimestamp();
            recipe.Train(data, RecipeSettings.Defaults(recipe.Description), new TrainingRun(1, 2)).Dispose();
            var ratio = Stopwatch.GetElapsedTime(started) / quote.Duration;

            Assert.True(ratio is > 1 / 4.0 and < 4, $"{name} took {ratio:F1} times what was quoted.");
        });
    }

    private static TrainingQuote Of(string name, DataShape shape, TrainingEffort effort = TrainingEffort.Full, int threads = 2) =>
        TrainingQuotes.Of(Models.Recipe(name), RecipeSettings.Defaults(Models.Recipe(name).Description), shape, effort, threads);
}
