using System.Diagnostics;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests;

/// <summary>Accuracy on public data by the protocol of research; on the planted shop where that data is not at hand.</summary>
public class QualityTests(ITestOutputHelper output)
{
    private static readonly TrainingRun Run = new(1, 2);

    [Fact]
    public void UserPersonalization_MovieLens1M_ReachesItsMeasuredAccuracy()
    {
        var movies = SharedData.MovieLens1M();
        var log = movies ?? PlantedShop.Create(users: 2000);

        // The item before the target is the validation item of the protocol: the model does not train on it, but gets it as input.
        var personal = Measure("aws-user-personalization-v2", LeaveOneOut.Training(log, heldOut: 2), log);
        var popular = Measure("aws-popularity-count", LeaveOneOut.Training(log, heldOut: 2), log);

        Assert.True(personal.Ndcg10 >= (movies is null ? 3 * popular.Ndcg10 : 0.165), $"NDCG@10 is {personal.Ndcg10:F4}.");
    }

    [Fact]
    public void UserPersonalization_RetailRocket_ReachesItsMeasuredAccuracy()
    {
        if (SharedData.RetailRocket() is not { } shop)
        {
            output.WriteLine("RetailRocket is not at hand; the planted shop stands in for it in the test above.");
            return;
        }
        using var model = Models.Train("aws-user-personalization-v2", shop.Log);
        var cases = shop.Targets.Select(target => new LeaveOneOutCase(target.User, shop.Log.UserStarts[target.User + 1], target.Item)).ToList();

        var result = LeaveOneOut.Measure(model, shop.Log, cases, Run);

        output.WriteLine($"held-out purchase: NDCG@10 {result.Ndcg10:F4}, HR@10 {result.HitRate10:F4}, {model.Rung}");
        Assert.True(result.Ndcg10 >= 0.12, $"NDCG@10 is {result.Ndcg10:F4}.");
    }

    private LeaveOneOutResult Measure(string recipe, InteractionLog training, InteractionLog log)
    {
        var started = Stopwatch.GetTimestamp();
        using var model = Models.Train(recipe, training);
        var trained = Stopwatch.GetElapsedTime(started);
        var result = LeaveOneOut.Measure(model, log, LeaveOneOut.Cases(log), Run);
        output.WriteLine($"{recipe}: NDCG@10 {result.Ndcg10:F4}, HR@10 {result.HitRate10:F4} of {result.Cases}, trained in {trained.TotalSeconds:F1} s, {model.Rung}");
        return result;
    }
}
