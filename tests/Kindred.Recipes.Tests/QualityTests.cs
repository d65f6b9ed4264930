using System.Diagnostics;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Evaluation.Protocols;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests;

/// <summary>
/// Accuracy on public data by the protocol of research; on the planted shop where that data is not at hand. The quick rung always; with
/// KINDRED_LONG_TESTS=1 also the full one, which takes minutes.
/// </summary>
public class QualityTests(ITestOutputHelper output)
{
    private static readonly TrainingRun Run = new(1, 2);
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("KINDRED_LONG_TESTS") == "1";

    [Fact]
    public void UserPersonalization_MovieLens1MQuick_ReachesItsMeasuredAccuracy()
    {
        var movies = SharedData.MovieLens1M();
        var log = movies ?? PlantedShop.Create(users: 2000);

        // The item before the target is the validation item of the protocol: the model does not train on it, but gets it as input.
        var personal = Measure("aws-user-personalization-v2", LeaveOneOut.Training(log, heldOut: 2), log, TrainingEffort.Quick);
        var popular = Measure("aws-popularity-count", LeaveOneOut.Training(log, heldOut: 2), log, TrainingEffort.Quick);

        Assert.True(personal.Ndcg10 >= (movies is null ? 3 * popular.Ndcg10 : 0.163), $"NDCG@10 is {personal.Ndcg10:F4}.");
    }

    [Fact]
    public void UserPersonalization_MovieLens1MFull_ReachesItsMeasuredAccuracy()
    {
        Assert.SkipUnless(
            IsLong && SharedData.Find("ml-1m/ratings.csv.gz") is not null, "KINDRED_LONG_TESTS is not 1, or MovieLens 1M is not at hand.");
        var log = SharedData.MovieLens1M()!;

        var personal = Measure("aws-user-personalization-v2", LeaveOneOut.Training(log, heldOut: 2), log, TrainingEffort.Full);

        Assert.True(personal.Ndcg10 >= 0.185, $"NDCG@10 is {personal.Ndcg10:F4}.");
    }

    [Fact]
    public void PersonalizedRanking_NextAmongPopularItems_IsThreeTimesAbovePopularity()
    {
        var movies = SharedData.MovieLens1M();
        var log = movies ?? PlantedShop.Create(users: 2000);
        using var personal = Models.Train("aws-personalized-ranking", LeaveOneOut.Training(log, heldOut: 2), effort: TrainingEffort.Quick);
        using var popular = Models.Train("aws-popularity-count", LeaveOneOut.Training(log, heldOut: 2));

        var (ours, theirs) = (AmongPopular(personal, log), AmongPopular(popular, log));

        output.WriteLine($"next item among 99 popular ones not met: MRR {ours:F3}, by popularity {theirs:F3}");
        Assert.True(ours >= (movies is null ? 2 : 3) * theirs, $"MRR is {ours:F4}; popularity reaches {theirs:F4}.");
    }

    [Fact]
    public void UserPersonalization_RetailRocketQuick_ReachesItsMeasuredAccuracy()
    {
        Assert.SkipUnless(
            SharedData.RetailRocket() is not null, "RetailRocket is not at hand; the planted shop stands in for it in the tests above.");
        var shop = SharedData.RetailRocket()!.Value;
        using var model = Models.Train("aws-user-personalization-v2", shop.Log, effort: IsLong ? TrainingEffort.Full : TrainingEffort.Quick);
        var cases = shop.Targets.Select(target => new LeaveOneOutCase(target.User, shop.Log.UserStarts[target.User + 1], target.Item)).ToList();

        var result = LeaveOneOut.Measure(model, shop.Log, cases, Run);

        output.WriteLine($"held-out purchase: NDCG@10 {result.Ndcg10:F4}, HR@10 {result.HitRate10:F4}, {model.Rung}");
        Assert.True(result.Ndcg10 >= 0.125, $"NDCG@10 is {result.Ndcg10:F4}.");
    }

    [Fact]
    public void UserPersonalization_TaFengNextBasket_ReachesItsMeasuredAccuracy()
    {
        Assert.SkipUnless(SharedData.TaFeng() is not null, "Ta-Feng is not at hand; the made-up groceries stand in for it in RepeatsTests.");
        var plan = new NextBasketProtocol().Plan(SharedData.TaFeng()!, seed: 1, maxCases: int.MaxValue);
        using var model = Models.Train("aws-user-personalization-v2", plan.Training, effort: IsLong ? TrainingEffort.Full : TrainingEffort.Quick);

        var metrics = SliceMetrics.Of(FullRanking.Measure(model, plan.Inputs, plan.Slices[0], keepSeen: true, Run), Run);

        var (recall, ndcg) = (metrics["recall_at_10"].Value, metrics["ndcg_at_10"].Value);
        output.WriteLine($"next basket: Recall@10 {recall:F4}, NDCG@10 {ndcg:F4} of {plan.Slices[0].Cases.Count}, {model.Rung}");
        Assert.Equal(13_858, plan.Slices[0].Cases.Count);
        // The shopper's own most frequent items, filled by popularity: 0.120 and 0.107.
        Assert.True(recall >= 0.14 && ndcg >= 0.125, $"Recall@10 is {recall:F4}, NDCG@10 {ndcg:F4}.");
    }

    private LeaveOneOutResult Measure(string recipe, InteractionLog training, InteractionLog log, TrainingEffort effort)
    {
        var started = Stopwatch.GetTimestamp();
        using var model = Models.Train(recipe, training, effort: effort);
        var trained = Stopwatch.GetElapsedTime(started);
        var result = LeaveOneOut.Measure(model, log, LeaveOneOut.Cases(log), Run);
        output.WriteLine(
            $"{recipe}: NDCG@10 {result.Ndcg10:F4}, HR@10 {result.HitRate10:F4} of {result.Cases}, "
            + $"trained in {trained.TotalSeconds:F1} s, {model.Rung}");
        return result;
    }

    /// <summary>Mean reciprocal rank of every fifth user's last item among the 99 most popular items that they had not met.</summary>
    private static double AmongPopular(ITrainedModel model, InteractionLog log)
    {
        var counts = new int[log.ItemIds.Count];
        foreach (var item in log.Items)
            counts[item]++;
        var popular = Enumerable.Range(0, counts.Length).OrderByDescending(item => counts[item]).Take(400).ToArray();
        var (sum, users, scores) = (0.0, 0, new float[counts.Length]);
        foreach (var held in LeaveOneOut.Cases(log).Where((_, i) => i % 5 == 0))
        {
            var history = new HistoryEvent[held.End - log.UserStarts[held.User]];
            log.CopyHistory(log.UserStarts[held.User], history);
            model.Score(new ScoreQuery { History = history }, scores);
            var met = history.Select(seen => seen.Item).Append(held.Target).ToHashSet();
            sum += 1.0 / (1 + popular.Where(item => !met.Contains(item)).Take(99).Count(item => scores[item] >= scores[held.Target]));
            users++;
        }
        return sum / users;
    }
}
