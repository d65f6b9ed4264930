using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Als;

/// <summary>Accuracy of EASE and iALS on public data by the protocol of research; on the planted shop where that data is not at hand.</summary>
public class FactorsQualityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("kindred-ease", 0.051), InlineData("kindred-ials", 0.044)]
    public void Recipe_MovieLens1M_ReachesItsMeasuredAccuracy(string recipe, double least)
    {
        var movies = SharedData.MovieLens1M();
        var log = movies ?? PlantedShop.Create(users: 2000);
        using var model = Models.Train(recipe, LeaveOneOut.Training(log, heldOut: 2));

        var result = LeaveOneOut.Measure(model, log, LeaveOneOut.Cases(log), new TrainingRun(1, 2));

        output.WriteLine($"{recipe}: NDCG@10 {result.Ndcg10:F4}, HR@10 {result.HitRate10:F4} of {result.Cases}");
        Assert.True(result.Ndcg10 >= (movies is null ? 0.2 : least), $"NDCG@10 is {result.Ndcg10:F4}.");
    }
}
