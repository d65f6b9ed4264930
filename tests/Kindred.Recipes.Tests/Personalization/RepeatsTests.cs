using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Evaluation.Protocols;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Personalization;

/// <summary>Where items that a user has met belong among the others: the data says it.</summary>
public sealed class RepeatsTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TrainingRun Quick = new(1, 2) { Effort = TrainingEffort.Quick };
    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("aws-user-personalization", TrainingEffort.Quick)]
    [InlineData("aws-user-personalization-v2", TrainingEffort.Quick)]
    [InlineData("aws-user-personalization-v2", TrainingEffort.Full)]
    public void Train_UsersRepeatWithinATasteCluster_TheMetricsFindIt(string recipe, TrainingEffort effort)
    {
        var report = SolutionTrainer.Train(new SolutionTraining
        {
            Recipe = Models.Recipe(recipe), Settings = RecipeSettings.Defaults(Models.Recipe(recipe).Description), Seed = 1, Threads = 2,
            Data = new TrainingSet(TasteClusters.Create()), Effort = effort, ArtifactPath = _temporary["model"],
        });

        var (ndcg, precision) = (report.Metrics["normalized_discounted_cumulative_gain_at_25"], report.Metrics["precision_at_5"]);
        output.WriteLine($"{report.Rung}: NDCG@25 {ndcg:F3}, precision@5 {precision:F3}");
        Assert.InRange(report.Habit.Repeats, 0.7, 0.9);
        Assert.True(ndcg > 0.5, $"NDCG@25 is {ndcg:F3}.");
        Assert.True(precision > 0.2, $"Precision@5 is {precision:F3}."); // of two or three that are right
    }

    [Fact]
    public void Recommend_UsersRepeatWithinATasteCluster_IsTheCluster()
    {
        var log = TasteClusters.Create();
        using var model = Train("aws-user-personalization-v2", log);
        var recommender = new MeasuredRecommender(model);
        var best = new int[TasteClusters.ItemsPerCluster];

        for (var user = 0; user < 40; user++)
        {
            var history = new HistoryEvent[log.InteractionsOf(user)];
            log.CopyHistory(log.UserStarts[user], history);
            Assert.Equal(best.Length, recommender.Recommend(history, best));
            Assert.All(best, item => Assert.Equal(user % TasteClusters.Clusters, TasteClusters.ClusterOf(model.Items[item])));
        }
    }

    [Fact]
    public void Train_UsersRarelyLookTwice_WhatTheyHaveMetComesLast()
    {
        // As in the demo's shop: a walk along the shelves, and now and then a second look at something.
        var (random, builder) = (new Random(1), new InteractionLogBuilder());
        for (var user = 0; user < 400; user++)
        {
            var (place, seen) = (random.Next(120), new List<int>());
            for (var step = 0; step < 14; step++)
            {
                var looksBack = step > 0 && random.Next(14) == 0;
                seen.Add(looksBack ? seen[random.Next(seen.Count)] : (place += 1 + random.Next(2)) % 120);
                builder.Add($"u{user}", $"i{seen[^1]}", 1000 * user + step, "View");
            }
        }
        var log = builder.Build();
        using var model = Train("aws-user-personalization-v2", log);
        var recommender = new MeasuredRecommender(model);
        var best = new int[25];

        Assert.InRange(DataHabit.Of(log).Repeats, 0.04, 0.08);
        for (var user = 0; user < 50; user++)
        {
            var history = new HistoryEvent[log.InteractionsOf(user)];
            log.CopyHistory(log.UserStarts[user], history);
            Assert.Equal(25, recommender.Recommend(history, best));
            Assert.DoesNotContain(best, item => history.Any(met => met.Item == item));
        }
    }

    [Fact]
    public void Gain_PlacedOrLast_CountsTheRanks()
    {
        // Two items met before with logits 0.5 and -2, new ones with 0, -1 and -3; the first that was met came again, and the second new one came.
        float[] features = [0.5f, 0, 0, 0, 0, -2, 0, 0, 0, 0];
        var held = new RepeatCase(features, Again: [0, 1], Repeats: [0], BestNew: [0, -1, -3], New: [-1], Truth: 2, Weight: 1);
        var ideal = 1 + 1 / Math.Log2(3);

        Assert.Equal((1 + 1 / Math.Log2(4)) / ideal, held.Gain([1, 0, 0, 0, 0]), 6); // ranks 1 and 3
        Assert.Equal((1 / Math.Log2(5) + 1 / Math.Log2(3)) / ideal, held.Gain([]), 6); // ranks 4 and 2
    }

    [Fact]
    public void Of_Baskets_HoldsOutTheNewestWhole()
    {
        var log = Groceries.Create();

        var slice = ValidationSlice.Of(log, HoldoutKind.Newest, withRepeats: true, seed: 1);

        Assert.True(slice.IsOfBaskets);
        Assert.InRange(slice.Cases.Sum(held => held.Length), log.Count / 25, log.Count / 15);
        Assert.Equal(log.Count - slice.Cases.Sum(held => held.Length), slice.Training.Count);
        Assert.All(slice.Cases, held =>
        {
            var history = slice.HistoryOf(held);
            Assert.True(history[^1].Timestamp < log.Timestamps[held.Target]);
            Assert.Equal(log.UserStarts[held.User + 1], held.Target + held.Length);
            Assert.Equal(
                log.Items[held.Target..(held.Target + held.Length)].ToArray().Distinct(), slice.TruthOf(held).Select(i => log.Items[i]));
        });
    }

    [Fact]
    public void Train_Baskets_IsChosenOnTheNextBasketAndFindsItsRepeats()
    {
        var plan = new NextBasketProtocol().Plan(Groceries.Create(users: 600), seed: 1, maxCases: 600);
        using var model = Train("aws-user-personalization-v2", plan.Training);
        using var popularity = Models.Train("aws-popularity-count", plan.Training);

        var (own, popular) = (Recall(model, plan), Recall(popularity, plan));

        output.WriteLine($"{model.Rung}: recall@10 {own:F3}, popularity {popular:F3}");
        Assert.EndsWith("chosen on the next basket", model.Rung, StringComparison.Ordinal);
        Assert.True(own > 2 * popular, $"Recall@10 is {own:F3}, that of popularity {popular:F3}.");
        var firsts = plan.Slices[0].Cases.Select(test =>
        {
            var history = new HistoryEvent[test.InputEnd - test.InputStart];
            plan.Inputs.CopyHistory(test.InputStart, history);
            var scores = Models.Score(model, history);
            return model.Items[Array.IndexOf(scores, scores.Max())];
        });
        Assert.True(firsts.Count(item => item.StartsWith("staple", StringComparison.Ordinal)) > 500);
    }

    [Fact]
    public void Train_Baskets_SameBytesForAnyThreadsAndBitEqualAfterSaving()
    {
        var log = Groceries.Create();
        using var model = TrainWithoutTransformer(log, threads: 1);
        using var other = TrainWithoutTransformer(log, threads: 3);
        File.WriteAllBytes(_temporary["model"], Models.Bytes(model));
        using var opened = Models.Recipe("kindred-ensemble").Open(ModelArtifact.Open(_temporary["model"]));

        Assert.Equal(Models.Bytes(model), Models.Bytes(other));
        Assert.Equal(Models.Bytes(model), Models.Bytes(opened));
        Assert.Equal((model.Rung, true), (opened.Rung, opened.PlacesMetItems));
        Assert.Contains("basket neighbours", model.Rung, StringComparison.Ordinal);
        var history = new HistoryEvent[log.InteractionsOf(3)];
        log.CopyHistory(log.UserStarts[3], history);
        Assert.Equal(Models.Score(model, history), Models.Score(opened, history));

        static ITrainedModel TrainWithoutTransformer(InteractionLog log, int threads)
        {
            var recipe = Models.Recipe("kindred-ensemble");
            var only = new[] { "transformer", "sequence", "recent", "neighbours", "ials", "ease", "sessions", "trees" };
            var settings = RecipeSettings.Parse(recipe.Description, only.ToDictionary(member => $"use_{member}", _ => "false"), null, out _);
            return recipe.Train(new TrainingSet(log), settings, new TrainingRun(1, threads));
        }
    }

    [Fact]
    public void Count_Baskets_TellsTheStapleFromWhatWasBoughtOnce()
    {
        var log = Groceries.Create();

        var habit = RepeatHabit.Count(log, byBasket: true);
        var (first, last) = (habit.LogHazard(new Meeting(0, 3, -1, 1, 1), 4), habit.LogHazard(new Meeting(3, 1, -1, 1, 1), 4));

        Assert.InRange(Math.Exp(first), 0.4, 1); // in all of the last three baskets: the staple
        Assert.InRange(Math.Exp(last), 0, 0.3);
    }

    [Fact]
    public void Train_OneItemIsMetAgainAndAnotherIsNot_TheHabitIsTheItems()
    {
        var (random, builder) = (new Random(1), new InteractionLogBuilder());
        for (var user = 0; user < 300; user++)
        {
            var films = Enumerable.Range(0, 40).ToArray();
            random.Shuffle(films);
            for (var (step, steps) = (0, random.Next(10, 17)); step < steps; step++) // three kinds of milk, and films that are bought once
            {
                var item = random.Next(2) == 0 ? $"milk {user % 5 * 3 + random.Next(3)}" : $"film {films[step]}";
                builder.Add($"u{user}", item, 100_000 * step, "Purchase");
            }
        }
        using var model = Train("aws-user-personalization-v2", builder.Build());

        Assert.True(MilkOverFilm("milk 3", "film 7") > 1);
        Assert.True(MilkOverFilm("film 7", "milk 3") > 1);
        Assert.StartsWith("milk", Ranking(model, [Bought("milk 3", 1), Bought("film 7", 2), Bought("milk 4", 3), Bought("film 9", 4)])[0]);

        HistoryEvent Bought(string item, long time) => Models.Event(model, item, time) with { EventType = 0 };

        float MilkOverFilm(string first, string then)
        {
            var scores = Models.Score(model, Bought(first, 1), Bought(then, 2));
            return scores[Bought("milk 3", 0).Item] - scores[Bought("film 7", 0).Item];
        }
    }

    [Fact]
    public void Train_WatchedAgainButBoughtOnce_TheHabitIsTheEventTypes()
    {
        var (random, builder) = (new Random(1), new InteractionLogBuilder());
        for (var user = 0; user < 300; user++)
        {
            var films = Enumerable.Range(0, 40).ToArray();
            random.Shuffle(films);
            for (var (step, steps) = (0, random.Next(12, 21)); step < steps; step++)
            {
                // The first three are watched again and again, the others are bought; any film may be either to somebody.
                var isWatched = random.Next(2) == 0;
                builder.Add($"u{user}", $"film {films[isWatched ? random.Next(3) : 3 + step]}", 100_000 * step, isWatched ? "Watch" : "Purchase");
            }
        }
        using var model = Train("aws-user-personalization-v2", builder.Build());

        Assert.True(WatchedOverBought(watchedAt: 1, boughtAt: 2) > 1);
        Assert.True(WatchedOverBought(watchedAt: 2, boughtAt: 1) > 1);

        float WatchedOverBought(long watchedAt, long boughtAt)
        {
            var types = model.EventTypes.ToList();
            var watched = Models.Event(model, "film 7", watchedAt) with { EventType = types.IndexOf("Watch") };
            var bought = Models.Event(model, "film 9", boughtAt) with { EventType = types.IndexOf("Purchase") };
            var scores = Models.Score(model, watchedAt < boughtAt ? [watched, bought] : [bought, watched]);
            return scores[watched.Item] - scores[bought.Item];
        }
    }

    [Fact]
    public void Train_ViewedThenBought_IsLikelyNextButNoRepeatToBeShown()
    {
        var (random, builder) = (new Random(1), new InteractionLogBuilder());
        for (var user = 0; user < 300; user++)
        {
            var items = Enumerable.Range(0, 60).ToArray();
            random.Shuffle(items);
            for (var (step, steps) = (0, random.Next(12, 25)); step < steps; step++)
            {
                // Every item is viewed, put into the cart and bought, and then never again.
                var type = (step % 3) switch { 0 => "View", 1 => "AddToCart", _ => "Purchase" };
                builder.Add($"u{user}", $"i{items[step / 3]}", 100 * step + user, type);
            }
        }
        using var model = Train("aws-user-personalization-v2", builder.Build());
        HistoryEvent[] history =
        [
            .. new[] { ("i1", "View"), ("i1", "AddToCart"), ("i1", "Purchase"), ("i2", "View"), ("i2", "AddToCart") }.Select(
                (met, time) => Models.Event(model, met.Item1, time) with { EventType = model.EventTypes.ToList().IndexOf(met.Item2) }),
        ];

        Assert.Equal("i2", Ranking(model, history)[0]); // it will be bought: a ranking of given items knows that
        Assert.Equal("i1", Ranking(model, history)[^1]); // it was
        Assert.False(model.PlacesMetItems); // but nobody needs it recommended
        Assert.Equal(0, DataHabit.Of(builder.Build()).Repeats);
    }

    private static string[] Ranking(ITrainedModel model, HistoryEvent[] history)
    {
        var scores = Models.Score(model, history);
        return [.. Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).Select(item => model.Items[item])];
    }

    private static double Recall(ITrainedModel model, EvaluationPlan plan) =>
        SliceMetrics.Of(FullRanking.Measure(model, plan.Inputs, plan.Slices[0], keepSeen: true, Quick), Quick)["recall_at_10"].Value;

    private static ITrainedModel Train(string recipe, InteractionLog log) =>
        Models.Recipe(recipe).Train(new TrainingSet(log), RecipeSettings.Defaults(Models.Recipe(recipe).Description), Quick);
}
