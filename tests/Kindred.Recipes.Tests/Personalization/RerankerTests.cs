using Kindred.Recipes.Interactions;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;
using Kindred.Recipes.Trees;

namespace Kindred.Recipes.Tests.Personalization;

public class RerankerTests
{
    private const int Candidates = 30;
    private const int Users = 800;
    private static readonly TrainingRun Run = new(1, 1);

    [Fact]
    public void Fit_TwoSignalsThatMustAgree_FindsWhatNoWeightsCan()
    {
        Assert.SkipUnless(LightGbmTrainer.IsSupported, "LightGBM does not run on this machine.");
        // The target is the candidate of which both signals say much; others are raised by either.
        var pool = Pool((random, isTarget) => isTarget ? (1.5, 1.5) : random.Next(4) switch { 0 => (3.5, 0.0), 1 => (0.0, 3.5), _ => (0.0, 0.0) });

        Assert.NotNull(Reranker.Fit(pool, Slice(), new Blend([0.5f, 0.5f], 1), Run));
    }

    [Fact]
    public void Fit_BlendSaysItAll_HasNoTrees()
    {
        var pool = Pools.Random(1, Users, Candidates, 2, 1);
        var blend = BlendSearch.Find(pool, Pools.Members(2), _ => true, Run);

        Assert.Null(Reranker.Fit(pool, Slice(), blend, Run));
    }

    [Fact]
    public void Fit_FewUsers_HasNoTrees() => Assert.Null(Reranker.Fit(Pools.Random(1, 50, Candidates, 2, 1), Slice(), new Blend([1, 1], 2), Run));

    private static CandidatePool Pool(Func<Random, bool, (double, double)> draw)
    {
        var random = new Random(1);
        var users = new PooledUser[Users];
        for (var user = 0; user < Users; user++)
        {
            var columns = new float[3 * Candidates];
            for (var i = 0; i < Candidates; i++)
            {
                var (one, other) = draw(random, i == 0);
                (columns[i], columns[Candidates + i], columns[2 * Candidates + i]) =
                    ((float)(one + 0.6 * random.NextDouble()), (float)(other + 0.6 * random.NextDouble()), -5);
            }
            users[user] = new PooledUser([.. Enumerable.Range(0, Candidates)], columns, 1, 1, 1, new HeldOut(user, 2 * user + 1, true, 1));
        }
        return new CandidatePool(users, 2);
    }

    /// <summary>Every user has one interaction before the target.</summary>
    private static ValidationSlice Slice()
    {
        var builder = new InteractionLogBuilder();
        for (var item = 0; item < Candidates; item++)
            builder.InternItem($"i{item}");
        for (var user = 0; user < Users; user++)
        {
            builder.Add($"u{user}", "i1", 10);
            builder.Add($"u{user}", "i0", 20);
        }
        return ValidationSlice.Of(builder.Build(), HoldoutKind.Newest, withRepeats: false, seed: 1);
    }
}
