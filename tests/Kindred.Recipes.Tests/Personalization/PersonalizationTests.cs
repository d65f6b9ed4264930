using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Evaluation.Protocols;
using Kindred.Recipes.Explanations;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Personalization.Parts;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Personalization;

public class PersonalizationTests(ITestOutputHelper output)
{
    private static readonly TrainingRun Quick = new(1, 2) { Effort = TrainingEffort.Quick };

    [Fact]
    public void Of_AnyLog_HoldsOutWhatItDoesNotTrainOn()
    {
        var log = Habits(users: 200, seed: 1);

        var slice = ValidationSlice.Of(log, HoldoutKind.Newest, withRepeats: true, seed: 1);

        Assert.InRange(slice.Cases.Count, 50, ValidationSlice.DefaultUsers);
        Assert.Contains(slice.Cases, held => held.IsFresh);
        Assert.Contains(slice.Cases, held => !held.IsFresh);
        Assert.All(slice.Cases, held =>
        {
            var before = log.Items[log.UserStarts[held.User]..held.Target];
            Assert.Equal(held.IsFresh, !before.Contains(log.Items[held.Target]));
            Assert.Equal(before.Length, slice.Training.InteractionsOf(held.User));
        });
        Assert.Equal(log.Count - slice.Cases.Sum(held => log.UserStarts[held.User + 1] - held.Target), slice.Training.Count);
    }

    [Fact]
    public void Of_WithoutRepeats_HasOnlyNewTargets() =>
        Assert.All(ValidationSlice.Of(Habits(users: 200, seed: 1), HoldoutKind.Newest, withRepeats: false, seed: 1).Cases, held =>
            Assert.True(held.IsFresh));

    [Fact]
    public void Of_AtRandom_HidesTheItemButNothingElse()
    {
        var log = Habits(users: 200, seed: 1);

        var slice = ValidationSlice.Of(log, HoldoutKind.Random, withRepeats: true, seed: 1);

        Assert.InRange(slice.Cases.Count, 50, log.Count / 20);
        Assert.Contains(slice.Cases, held => held.Target < log.UserStarts[held.User + 1] - 3); // not the newest
        foreach (var user in slice.Cases.GroupBy(held => held.User))
        {
            var hidden = user.Select(held => log.Items[held.Target]).ToHashSet();
            int[] all = [.. log.Items[log.UserStarts[user.Key]..log.UserStarts[user.Key + 1]]];
            Assert.Equal(all.Where(item => !hidden.Contains(item)), slice.HistoryOf(user.First()).Select(step => step.Item));
            Assert.Equal(slice.HistoryOf(user.First()).Length, slice.Training.InteractionsOf(user.Key));
            var known = new List<int>();
            slice.AddKnown(user.First(), known);
            Assert.Equal(all.Where(item => item != log.Items[user.First().Target]), known); // the other hidden items are no competitors
        }
    }

    [Fact]
    public void Train_ChosenForAnyItem_FindsWhatIsMissingBetter_AndWhatComesNextWorse()
    {
        var shop = PlantedShop.Create(users: 1500);

        var (next, any) = (Ndcg(shop, new RandomProtocol(), "true"), Ndcg(shop, new RandomProtocol(), "false"));
        var (nextAtEnd, anyAtEnd) = (Ndcg(shop, new LeaveOneOutProtocol(), "true"), Ndcg(shop, new LeaveOneOutProtocol(), "false"));

        output.WriteLine($"a random quarter: chosen for the next item {next:F3}, for any {any:F3}; the last item: {nextAtEnd:F3} and {anyAtEnd:F3}");
        Assert.True(any > 1.2 * next, $"NDCG@10 is {any:F3} and {next:F3}.");
        Assert.True(nextAtEnd > anyAtEnd, $"NDCG@10 is {nextAtEnd:F3} and {anyAtEnd:F3}.");
    }

    private static double Ndcg(InteractionLog log, IProtocol protocol, string nextItem)
    {
        var (recipe, plan) = (Models.Recipe("kindred-ensemble"), protocol.Plan(log, seed: 1, maxCases: 1500));
        var settings = RecipeSettings.Parse(recipe.Description, new Dictionary<string, string> { ["next_item"] = nextItem }, null, out var faults);
        Assert.Empty(faults);
        using var model = recipe.Train(new TrainingSet(plan.Training), settings, Quick);
        return SliceMetrics.Of(FullRanking.Measure(model, plan.Inputs, plan.Slices[0], keepSeen: false, Quick), Quick)["ndcg_at_10"].Value;
    }

    [Fact]
    public void Train_UsersReturnToTheirItem_ItComesFirst()
    {
        using var model = Train("aws-personalized-ranking-v2", Habits(users: 400, seed: 2));

        // Item 3 three times among others: by habit it comes next, though "returns" is all that speaks for it.
        var scores = Models.Score(model, [.. new[] { 7, 3, 5, 3, 11, 3, 9 }.Select((item, time) => Models.Event(model, $"i{item}", time))]);

        Assert.Equal("i3", model.Items[Array.IndexOf(scores, scores.Max())]);
    }

    [Fact]
    public void Train_NobodyMeetsAnItemAgain_SeenItemsComeLast()
    {
        var shop = PlantedShop.Create(); // whoever slips may come by an item twice
        var isFirst = Enumerable.Range(0, shop.UserIds.Count).SelectMany(user =>
        {
            var met = new HashSet<int>();
            return shop.Items[shop.UserStarts[user]..shop.UserStarts[user + 1]].ToArray().Select(met.Add);
        }).ToArray();
        using var model = Train("aws-personalized-ranking-v2", shop.Where(isFirst));
        var history = Enumerable.Range(2, 4).Select(place => Models.Event(model, PlantedShop.Item(4, place), place)).ToArray();

        var scores = Models.Score(model, history);

        var seen = history.Max(step => scores[step.Item]);
        Assert.Equal(model.Items.Count - history.Length, scores.Count(score => score > seen));
    }

    [Fact]
    public void Train_NothingToLearn_FallsToPopularity()
    {
        var random = new Random(1);
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < 300; user++)
        {
            for (var step = 0; step < 6; step++)
                builder.Add($"u{user}", $"i{(int)(60 * random.NextDouble() * random.NextDouble() * random.NextDouble())}", 100);
        }
        var log = builder.Build();
        using var model = Train("aws-user-personalization-v2", log);
        using var popularity = Models.Train("aws-popularity-count", log);

        var cases = LeaveOneOut.Cases(log);

        var (personal, popular) = (LeaveOneOut.Measure(model, log, cases, Quick).Ndcg10, LeaveOneOut.Measure(popularity, log, cases, Quick).Ndcg10);
        Assert.True(personal > 0.9 * popular, $"NDCG@10 is {personal:F3}; popularity reaches {popular:F3}.");
    }

    [Fact]
    public void Train_OneInteractionPerUser_ServesPopularity()
    {
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < 100; user++)
            builder.Add($"u{user}", $"i{user % 7}", user);

        using var model = Train("aws-user-personalization-v2", builder.Build());

        Assert.Equal("popularity", model.Rung);
    }

    [Fact]
    public void Train_Quick_HasOnlyCountedMembers()
    {
        using var model = Train("aws-user-personalization-v2", PlantedShop.Create());

        Assert.Contains("sequence statistics", model.Rung, StringComparison.Ordinal);
        Assert.All(KnownParts.All.Where(kind => !kind.IsCounted), kind => Assert.DoesNotContain(kind.Name, model.Rung, StringComparison.Ordinal));
    }

    [Fact]
    public void Train_MemberSwitchedOff_DoesNotTakePart()
    {
        var recipe = Models.Recipe("kindred-ensemble");
        var settings = RecipeSettings.Parse(
            recipe.Description,
            new Dictionary<string, string> { ["use_sequence"] = "false", ["use_recent"] = "false" },
            null,
            out var faults);

        using var model = recipe.Train(new TrainingSet(PlantedShop.Create()), settings, Quick);

        Assert.Empty(faults);
        Assert.DoesNotContain("sequence", model.Rung, StringComparison.Ordinal);
    }

    [Fact]
    public void Extend_MeasuredModel_EqualsTrainingButForTheWeights()
    {
        var recipe = Models.Recipe("aws-user-personalization-v2");
        var (log, settings) = (PlantedShop.Create(), RecipeSettings.Defaults(recipe.Description));
        using var measured = recipe.Train(new TrainingSet(UserSplit.Of(log, 1).Training), settings, Quick);

        using var extended = recipe.Extend(measured, new TrainingSet(log), settings, Quick);

        Assert.Equal(measured.Rung, extended.Rung);
        using var popularity = Models.Train("aws-popularity-count", log);
        Assert.Equal(Models.Score(popularity), Models.Score(extended));
    }

    [Theory]
    [InlineData("hidden_dimension", "149", null)]
    [InlineData("hidden_dimension", "100", 112)]
    [InlineData("hidden_dimension", "64", 64)]
    public void Of_HiddenDimension_IsTheWidthUnlessLeftAlone(string name, string value, int? width)
    {
        var recipe = Models.Recipe("aws-user-personalization").Description;

        var options = EnsembleOptions.Of(
            recipe, RecipeSettings.Parse(recipe, new Dictionary<string, string> { [name] = value, ["bptt"] = "8" }, null, out _));

        Assert.Equal((width, 8, 50), (options.Width, options.MaxLag, options.MaxLength));
    }

    private static ITrainedModel Train(string recipe, InteractionLog log) =>
        Models.Recipe(recipe).Train(new TrainingSet(log), RecipeSettings.Defaults(Models.Recipe(recipe).Description), Quick);

    /// <summary>Every user has one item that they meet every other time, between items that come and go.</summary>
    [Fact]
    public void TryExplain_ABlendThatNothingReorders_AddsUpToTheScores()
    {
        var log = Habits(users: 300, seed: 2);
        var recipe = Models.Recipe("kindred-ensemble");
        using var model = recipe.Train(new TrainingSet(log), RecipeSettings.Defaults(recipe.Description), Quick);
        var explainable = Assert.IsAssignableFrom<IExplainableModel>(model);
        HistoryEvent[] history = [new(3, -1, 1_000), new(7, -1, 1_001), new(11, -1, 1_002)];
        int[] items = [.. Enumerable.Range(0, log.ItemIds.Count).Where(item => item is not (3 or 7 or 11)).Take(10)];
        var (scores, contributions) = (new float[log.ItemIds.Count], new float[items.Length * explainable.Members.Count]);

        model.Score(new ScoreQuery { History = history }, scores);
        Assert.True(explainable.TryExplain(new ScoreQuery { History = history }, items, contributions));

        float SumOf(int i) => contributions.Chunk(explainable.Members.Count).ElementAt(i).Sum();
        for (var i = 1; i < items.Length; i++) Assert.Equal(scores[items[i]] - scores[items[0]], SumOf(i) - SumOf(0), tolerance: 1e-3f);
        Assert.False(explainable.TryExplain(default, items, contributions));
    }

    private static InteractionLog Habits(int users, int seed)
    {
        var random = new Random(seed);
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < users; user++)
        {
            var favourite = random.Next(60);
            for (var (step, length) = (0, random.Next(10, 14)); step < length; step++)
                builder.Add($"u{user}", $"i{(step % 2 == 1 ? favourite : random.Next(60))}", 1000 * user + step);
        }
        return builder.Build();
    }
}
