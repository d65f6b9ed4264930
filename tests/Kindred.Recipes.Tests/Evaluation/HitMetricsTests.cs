using Kindred.Recipes.Evaluation;

namespace Kindred.Recipes.Tests.Evaluation;

public class HitMetricsTests
{
    [Fact]
    public void Ndcg_HitsAtRanksTwoAndFive_IsTheServicesOwnExample() =>
        Assert.Equal(0.6241, HitMetrics.Ndcg([0, 1, 0, 0, 1], 5), tolerance: 0.00005);

    [Fact]
    public void Ndcg_OnlyTheFirstPlacesCount()
    {
        Assert.Equal(0, HitMetrics.Ndcg([0, 0, 1], 2));
        Assert.Equal(1, HitMetrics.Ndcg([1, 0, 1], 2));
    }

    [Fact]
    public void Ndcg_Rewards_ArePutInOrderForTheIdeal()
    {
        var ideal = 1.5 / Math.Log(2) + 0.5 / Math.Log(3);

        Assert.Equal((0.5 / Math.Log(2) + 1.5 / Math.Log(3)) / ideal, HitMetrics.Ndcg([0.5, 1.5], 5), tolerance: 1e-12);
    }

    [Fact]
    public void Precision_ShortList_StillDividesByTheCut() => Assert.Equal(0.2, HitMetrics.Precision([1, 0], 5));

    [Fact]
    public void ReciprocalRank_NoHit_IsZero()
    {
        Assert.Equal(0, HitMetrics.ReciprocalRank([0, 0, 0]));
        Assert.Equal(0.5, HitMetrics.ReciprocalRank([0, 1, 1]));
    }

    [Fact]
    public void LeaveOneOutResult_Ranks_FollowTheResearchConvention()
    {
        var result = LeaveOneOutResult.Of([1, 3, 11]);

        Assert.Equal((1 + 0.5) / 3, result.Ndcg10, tolerance: 1e-12);
        Assert.Equal(2 / 3.0, result.HitRate10, tolerance: 1e-12);
    }
}
