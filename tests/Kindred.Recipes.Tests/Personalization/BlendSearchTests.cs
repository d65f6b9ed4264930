using CsCheck;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Personalization;

public class BlendSearchTests
{
    private static readonly TrainingRun Run = new(1, 1);

    [Fact]
    public void Find_AnyPool_IsNeverWorseThereThanItsBestMember() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 60], Gen.Int[2, 25], Gen.Double[-1, 3].Array[1, 4]).Sample((seed, users, candidates, strengths) =>
        {
            var pool = Pools.Random(seed, users, candidates, strengths);

            var blend = BlendSearch.Find(pool, Pools.Members(strengths.Length), _ => true, Run);

            var singles = Enumerable.Range(0, strengths.Length).Select(signal => pool.Ndcg(Blend.Single(strengths.Length, signal)));
            Assert.True(pool.Ndcg(blend) >= singles.Append(pool.Ndcg(Blend.PopularityAlone(strengths.Length))).Max());
            Assert.All(blend.Signals, weight => Assert.True(float.IsFinite(weight) && weight >= 0));
            Assert.True(float.IsFinite(blend.Popularity));
        }, iter: 150, threads: 1);

    [Fact]
    public void Find_OneMemberIsRight_TheOthersAreLeftOut() => Assert.All(Enumerable.Range(0, 4), right =>
    {
        var strengths = new double[4];
        strengths[right] = 3;

        var blend = BlendSearch.Find(Pools.Random(right, 500, 30, strengths), Pools.Members(4), _ => true, Run);

        Assert.InRange(blend.Signals[right], 1.5, 5);
        Assert.True(blend.Signals.Where((_, i) => i != right).Sum() < 0.25 * blend.Signals[right], string.Join(", ", blend.Signals));
    });

    [Fact]
    public void Find_TwoMembersKnowDifferentThings_BlendsThemForUsersItHasNotSeen()
    {
        var blend = BlendSearch.Find(Pools.Random(1, 500, 50, 2, 2, 0), Pools.Members(3), _ => true, Run);

        var others = Pools.Random(2, 2000, 50, 2, 2, 0);
        Assert.True(others.Ndcg(blend) > 1.2 * others.Ndcg(Blend.Single(3, 0)));
        Assert.True(others.Ndcg(blend) > 1.2 * others.Ndcg(Blend.Single(3, 1)));
    }

    [Fact]
    public void Find_MemberThatIsOftenRightAndElseFarOff_IsNotBlurredByTheOthers()
    {
        // By likelihood a member that is sure and wrong for every other user deserves little trust. By rank it still is the best there is.
        static CandidatePool Pool(int seed) => Pools.Where(
            Pools.Random(seed, 1000, 40, 8, 1, 1), Pools.Random(seed + 1, 1000, 40, -8, 1, 1), user => user % 2 == 0);

        var blend = BlendSearch.Find(Pool(1), Pools.Members(3), _ => true, Run);

        Assert.True(Pool(3).Ndcg(blend) >= Pool(3).Ndcg(Blend.Single(3, 0)), $"{Pool(3).Ndcg(blend)}, alone {Pool(3).Ndcg(Blend.Single(3, 0))}");
    }

    [Fact]
    public void Calibrate_AnyScale_IsThatUnderWhichTheTargetsAreLikeliest() => Assert.All([0.2f, 1, 4], scale =>
    {
        var pool = Pools.Random(6, 500, 30, 2, 1);

        var calibrated = LogLinearFit.Calibrate(pool, new Blend([scale, 0.5f * scale], scale), precision: 0, Run);

        var moved = new[] { 0.9f, 1.1f }.Select(
            factor => new Blend([.. calibrated.Signals.Select(weight => factor * weight)], factor * calibrated.Popularity));
        Assert.All(moved, other => Assert.True(LogLinearFit.LogLikelihood(pool, calibrated, Run) > LogLinearFit.LogLikelihood(pool, other, Run)));
        Assert.Equal(0.5, calibrated.Signals[1] / calibrated.Signals[0], tolerance: 1e-5);
    });

    [Fact]
    public void Find_HardlyAnyUsers_StaysNearThePrior()
    {
        var blend = BlendSearch.Find(Pools.Random(3, 5, 20, 1, 1), Pools.Members(2), _ => true, Run);

        Assert.All(blend.Signals, weight => Assert.InRange(weight, 0, 1.2f));
    }

    [Fact]
    public void Find_AnyThreads_IsTheSame()
    {
        var pool = Pools.Random(4, 300, 40, 1, 2, 0.5);

        var (one, three) = (BlendSearch.Find(pool, Pools.Members(3), _ => true, Run), BlendSearch.Find(pool, Pools.Members(3), _ => true, new TrainingRun(1, 3)));

        Assert.Equal(one.Signals, three.Signals);
        Assert.Equal(one.Popularity, three.Popularity);
    }

    [Fact]
    public void Find_SignalsThatAreNotAllowed_HaveNoWeight()
    {
        var members = Pools.Members(2);

        var blend = BlendSearch.Find(Pools.Random(5, 300, 30, 3, 1), members, signal => signal != members.Signals[0], Run);

        Assert.Equal(0, blend.Signals[0]);
        Assert.True(blend.Signals[1] > 0);
    }
}
