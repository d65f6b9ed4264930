using Kindred.Recipes.Evaluation;

namespace Kindred.Recipes.Tests.Evaluation;

public class RankMetricsTests
{
    [Fact]
    public void Metrics_OneRelevantItem_AreThoseOfQualityMd()
    {
        Assert.Equal(1, RankMetrics.Ndcg([1], 10));
        Assert.Equal(0.5, RankMetrics.Ndcg([3], 10), tolerance: 1e-12); // 1/log2(1 + 3)
        Assert.Equal(0, RankMetrics.Ndcg([11], 10));
        Assert.Equal(1, RankMetrics.HitRate([10], 10));
        Assert.Equal(0, RankMetrics.HitRate([11], 10));
        Assert.Equal(1.0 / 11, RankMetrics.ReciprocalRank([11]), tolerance: 1e-12);
    }

    [Fact]
    public void Metrics_ThreeRelevantItems_AreWhatAHandComputes()
    {
        // DCG = 1/log2(2) + 1/log2(5) = 1.430677; ideal = 1 + 1/log2(3) + 1/log2(4) = 2.130930
        Assert.Equal(1.4306765580733931 / 2.1309297535714573, RankMetrics.Ndcg([1, 4, 12], 10), tolerance: 1e-12);
        Assert.Equal(2.0 / 3, RankMetrics.Recall([1, 4, 12], 10), tolerance: 1e-12);
        Assert.Equal(1, RankMetrics.Ndcg([1, 2, 3], 2)); // the ideal, too, has but two places
    }

    [Fact]
    public void RandomNdcg_ManyShuffles_IsTheirMean()
    {
        var random = new Random(1);
        var order = Enumerable.Range(1, 50).ToArray();
        var sum = 0.0;
        for (var i = 0; i < 20_000; i++)
        {
            random.Shuffle(order);
            sum += RankMetrics.Ndcg([.. order.Take(3).Order()], 20);
        }

        Assert.Equal(sum / 20_000, RankMetrics.RandomNdcg(truth: 3, candidates: 50, cut: 20), tolerance: 0.004);
    }
}
