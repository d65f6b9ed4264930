using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Popularity;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Popularity;

public class PopularItemsTests
{
    private const long Day = 86_400;

    // Item "old" has most users, "new" was met by few, all of them today; "steady" by one user every two hours all the time.
    private static readonly InteractionLog Shop = Drift(days: 30);

    [Theory, InlineData("aws-trending-now", null), InlineData("kindred-recent-popularity", "0.1")]
    public void Train_ItemThatRoseToday_IsFirst(string name, string? halfLifeDays)
    {
        var recipe = Models.Recipe(name);
        var settings = RecipeSettings.Parse(
            recipe.Description, halfLifeDays is null ? null : new Dictionary<string, string> { ["half_life_days"] = halfLifeDays }, null, out _);
        using var model = recipe.Train(new TrainingSet(Shop), settings, new TrainingRun(1, 2));

        Assert.Equal("new", Best(model));
        Assert.Equal("old", Best(Models.Train("aws-popularity-count", Shop)));
    }

    [Theory, MemberData(nameof(RecipesAndOutliers))]
    public void Train_OutlierTimestamps_AreNotTakenForNow(string name, string? halfLifeDays, string outliers)
    {
        var recipe = Models.Recipe(name);
        var settings = RecipeSettings.Parse(
            recipe.Description, halfLifeDays is null ? null : new Dictionary<string, string> { ["half_life_days"] = halfLifeDays }, null, out _);
        using var clean = recipe.Train(new TrainingSet(Shop), settings, new TrainingRun(1, 2));

        using var model = recipe.Train(new TrainingSet(Drift(days: 30, Outliers[outliers])), settings, new TrainingRun(1, 2));

        Assert.Equal(Ranking(clean), Ranking(model));
        Assert.Equal("new", Ranking(model)[0]);
    }

    public static TheoryData<string, string?, string> RecipesAndOutliers()
    {
        var data = new TheoryData<string, string?, string>();
        foreach (var outliers in Outliers.Keys)
        {
            data.Add("aws-trending-now", null, outliers);
            data.Add("kindred-recent-popularity", "0.1", outliers);
        }
        return data;
    }

    // Seconds from the end of the data, by whom; all of "old".
    private static readonly Dictionary<string, (string User, long Time)[]> Outliers = new()
    {
        ["23 hours ahead"] = [("phone", 30 * Day + 23 * 3600)],
        ["40 days later"] = [("u5", 70 * Day)],
        ["a phone that goes on"] = [.. Enumerable.Range(0, 40).Select(i => ("phone", 31 * Day + i * 60))],
        ["several phones"] = [.. Enumerable.Range(1, 5).Select(i => ($"phone{i}", 30 * Day + (i * 4 + 2) * 3600L))],
        ["milliseconds"] = [("phone", 2_592_000_000)],
        ["before all others"] = [("phone", -20_000 * Day)],
        ["on both sides"] = [("phone", -20_000 * Day), ("other", 400 * Day)],
    };

    [Fact]
    public void TrendingNow_SteadyItemWithMoreUsersToday_IsBehindTheOneThatRises()
    {
        using var model = Models.Train("aws-trending-now", Shop);
        var scores = Models.Score(model);

        Assert.True(Of(model, scores, "new") > Of(model, scores, "steady") + 1);
        Assert.True(Of(model, scores, "old") > Of(model, scores, "never")); // what does not rise is in the order of its popularity
    }

    [Theory, InlineData("aws-trending-now"), InlineData("kindred-recent-popularity")]
    public void Train_AllAtOneTime_IsInTheOrderOfPopularity(string recipe)
    {
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < 40; user++)
        {
            for (var item = 0; item <= user % 8; item++)
                builder.Add($"u{user}", $"i{item}", 7);
        }
        using var model = Models.Train(recipe, builder.Build());

        var scores = Models.Score(model);

        for (var item = 1; item < 8; item++)
            Assert.True(Of(model, scores, $"i{item - 1}") > Of(model, scores, $"i{item}"));
    }

    [Fact]
    public void HalfLife_TasteThatChangesEveryDay_IsShorterThanOneThatNeverDoes()
    {
        var run = new TrainingRun(1, 2);

        Assert.InRange(HalfLife.Choose(Tastes(changesDaily: true), run), 0.03 * Day, 5 * Day);
        Assert.True(HalfLife.Choose(Tastes(changesDaily: false), run) >= 10 * Day);
    }

    [Fact]
    public void HalfLife_OutlierTimestamps_ChangeNothing()
    {
        var run = new TrainingRun(1, 2);
        var clean = HalfLife.Choose(Tastes(changesDaily: true), run);

        Assert.All(Outliers.Values, outliers => Assert.Equal(clean, HalfLife.Choose(Tastes(changesDaily: true, outliers), run)));
    }

    [Fact]
    public void Count_SeveralInteractionsOfAUser_CountOnceByTheNewest()
    {
        var builder = new InteractionLogBuilder();
        builder.Add("u", "i", 0);
        builder.Add("u", "i", 100);
        builder.Add("v", "i", 0);
        builder.Add("v", "i", 300); // after the end

        var counts = DecayedUsers.Count(builder.Build(), long.MinValue, until: 200, halfLifeSeconds: 100, CancellationToken.None);

        Assert.Equal(0.5 + 0.25, counts[0], tolerance: 1e-12);
    }

    private static InteractionLog Tastes(bool changesDaily, params ReadOnlySpan<(string User, long Time)> outliers)
    {
        var (random, builder) = (new Random(3), new InteractionLogBuilder());
        for (var user = 0; user < 4000; user++)
        {
            var time = random.NextInt64(40 * Day);
            builder.Add($"u{user}", $"i{(changesDaily ? time / Day : 0) + random.Next(10)}", time);
        }
        foreach (var (user, time) in outliers)
            builder.Add(user, "i0", time + 10 * Day);
        return builder.Build();
    }

    private static InteractionLog Drift(int days, params ReadOnlySpan<(string User, long Time)> outliers)
    {
        var (random, builder, users) = (new Random(2), new InteractionLogBuilder(), 0);
        builder.InternItem("never");
        for (var user = 0; user < 900; user++)
            builder.Add($"u{users++}", "old", random.NextInt64((days - 2) * Day));
        for (var hour = 0; hour < days * 24; hour += 2)
            builder.Add($"u{users++}", "steady", hour * 3600L);
        for (var user = 0; user < 60; user++)
            builder.Add($"u{users++}", "new", days * Day - random.NextInt64(7200));
        foreach (var (user, time) in outliers)
            builder.Add(user, "old", time);
        return builder.Build();
    }

    private static string[] Ranking(ITrainedModel model)
    {
        var scores = Models.Score(model);
        return [.. Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).Select(item => model.Items[item])];
    }

    private static string Best(ITrainedModel model) => model.Items[Array.IndexOf(Models.Score(model), Models.Score(model).Max())];

    private static float Of(ITrainedModel model, float[] scores, string item) => scores[model.Items.TryFind(item, out var code) ? code : -1];
}
