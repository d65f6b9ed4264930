using Kindred.Files;
using Kindred.Recipes.Actions;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Checkpoints;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Tests.Training;

public sealed class SolutionTrainerTests : IDisposable
{
    private static readonly string[] Keys =
    [
        "coverage", "mean_reciprocal_rank_at_25",
        "normalized_discounted_cumulative_gain_at_10", "normalized_discounted_cumulative_gain_at_25", "normalized_discounted_cumulative_gain_at_5",
        "precision_at_10", "precision_at_25", "precision_at_5",
    ];

    private static string[] KeysOf(RecipeDescription recipe) => recipe.RecipeType switch
    {
        RecipeTypes.UserSegmentation => ["coverage", "hit_at_k", "recall_at_k"],
        RecipeTypes.PersonalizedActions => ["auc", "coverage", "precision", "recall"],
        _ => Keys,
    };

    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    /// <summary>All but the one that also needs items to be cold: see ColdItemsTests.</summary>
    public static TheoryData<string> Recipes => [.. RecipeContractTests.Recipes.Select(row => row.Data).Where(name => name != "aws-hrnn-coldstart")];

    [Theory, MemberData(nameof(Recipes))]
    public void Train_EnoughData_MeasuresAndPublishes(string recipe)
    {
        var progress = new List<double>();

        var report = SolutionTrainer.Train(Training(recipe, PlantedShop.Create()) with { Progress = new Collect(progress) });

        Assert.Equal(KeysOf(Models.Recipe(recipe).Description), report.Metrics.Keys.Order(StringComparer.Ordinal));
        // Everything is a share, but for the users of a segment that are hits: 1 % of 300 at most.
        Assert.All(report.Estimates.Values, estimate => Assert.InRange(estimate.Value, estimate.Low, estimate.High));
        Assert.All(report.Metrics, metric => Assert.InRange(metric.Value, 0, metric.Key == "hit_at_k" ? 3 : 1));
        Assert.Equal((300, 121, 2500), (report.Users, report.Items, report.Interactions));
        Assert.Equal(new FileInfo(_temporary["model"]).Length, report.ArtifactBytes);
        Assert.Equal(progress.Order(), progress);
        Assert.Equal(1, progress[^1]);
        using var model = Models.Recipe(recipe).Open(ModelArtifact.Open(_temporary["model"]));
        Assert.Equal(report.Rung, model.Rung);
    }

    [Fact]
    public void Train_ActionsWithoutActions_FailsWithTheReason()
    {
        var training = Training("aws-next-best-action", PlantedShop.Create());

        var e = Assert.Throws<InsufficientDataException>(() => SolutionTrainer.Train(training with { Data = training.Data with { Actions = null } }));

        Assert.Contains("learns from actions", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_Twice_GivesTheSameMetricsAndBytes()
    {
        var first = SolutionTrainer.Train(Training("aws-user-personalization-v2", PlantedShop.Create()));
        var bytes = File.ReadAllBytes(_temporary["model"]);

        var second = SolutionTrainer.Train(Training("aws-user-personalization-v2", PlantedShop.Create()) with { Threads = 1 });

        Assert.Equal(first.Metrics, second.Metrics);
        Assert.Equal(bytes, File.ReadAllBytes(_temporary["model"]));
    }

    [Fact]
    public void Train_WithEventWeights_AddsTheirMetrics()
    {
        var events = EventSelection.OfWeighted([new("View", null, 0.1), new("Purchase", null, 0.3)]);

        var report = SolutionTrainer.Train(Training("aws-user-personalization-v2", PlantedShop.Create()) with { Events = events });

        Assert.Equal(
            3,
            report.Metrics.Keys.Count(
                key => key.StartsWith("normalized_discounted_cumulative_gain_with_event_weights_at_", StringComparison.Ordinal)));
    }

    [Fact]
    public void Train_Personalised_BeatsPopularity()
    {
        const string Ndcg = "normalized_discounted_cumulative_gain_at_10";

        var personal = SolutionTrainer.Train(Training("aws-user-personalization-v2", PlantedShop.Create()));
        var popular = SolutionTrainer.Train(Training("aws-popularity-count", PlantedShop.Create()));

        Assert.True(personal.Metrics[Ndcg] > 2 * popular.Metrics[Ndcg], $"{personal.Metrics[Ndcg]} against {popular.Metrics[Ndcg]}");
        // The line to beat goes with it, measured on the same users.
        Assert.Equal(personal.Metrics.Keys.Order(StringComparer.Ordinal), personal.Popularity!.Keys.Order(StringComparer.Ordinal));
        Assert.True(personal.Estimates[Ndcg].Low > personal.Popularity[Ndcg].High, $"{personal.Estimates[Ndcg]} against {personal.Popularity[Ndcg]}");
        Assert.Null(popular.Popularity);
    }

    [Fact]
    public void Train_ARecipeThatLearns_IsTrainedOnceAndExtendedToEverybody()
    {
        var recipe = new LearningRecipe();
        var order = Training("aws-popularity-count", PlantedShop.Create()) with { Recipe = recipe };

        SolutionTrainer.Train(order with { Effort = TrainingEffort.Quick });
        SolutionTrainer.Train(order with { Effort = TrainingEffort.Full });

        Assert.Equal(["train Quick on 270", "train Quick on 300", "train Full on 270", "extend to 300, checkpoints no"], recipe.Calls);
    }

    [Fact]
    public void Train_InterruptedAfterMeasuring_GoesOnFromThereWithTheSameResult()
    {
        using var source = new CancellationTokenSource();
        var recipe = new LearningRecipe();
        var order = Training("aws-popularity-count", PlantedShop.Create()) with { Recipe = recipe };
        var whole = SolutionTrainer.Train(order);
        var bytes = File.ReadAllBytes(_temporary["model"]);
        var kept = order with { Checkpoints = new CheckpointFolder(_temporary["checkpoints"]) };
        Assert.ThrowsAny<OperationCanceledException>(
            () => SolutionTrainer.Train(kept with { CancellationToken = source.Token, Progress = new CancelAt(0.82, source) }));
        recipe.Calls.Clear();

        var resumed = SolutionTrainer.Train(kept);
        var resumedCalls = recipe.Calls.ToArray();
        SolutionTrainer.Train(kept with { Seed = 2 });

        Assert.Equal(["extend to 300, checkpoints yes"], resumedCalls);
        Assert.Equal(whole.Metrics, resumed.Metrics);
        Assert.Equal(bytes, File.ReadAllBytes(_temporary["model"]));
        Assert.Equal(["train Full on 270", "extend to 300, checkpoints yes"], recipe.Calls[1..]); // another order
    }

    [Theory]
    [InlineData("aws-user-personalization")]
    [InlineData("aws-semantic-similarity")]
    public void Train_FromAModel_UpdatesItWithTheSameResultAfterAnInterruption(string recipe)
    {
        using var from = Models.Train(recipe, PlantedShop.Create());
        var order = Training(recipe, PlantedShop.Create(users: 400)) with { From = from };
        using var source = new CancellationTokenSource();
        var whole = SolutionTrainer.Train(order);
        var bytes = File.ReadAllBytes(_temporary["model"]);
        var anew = SolutionTrainer.Train(order with { From = null });
        var kept = order with { Checkpoints = new CheckpointFolder(_temporary["checkpoints"]) };
        Assert.ThrowsAny<OperationCanceledException>(
            () => SolutionTrainer.Train(kept with { CancellationToken = source.Token, Progress = new CancelAt(0.82, source) }));

        var resumed = SolutionTrainer.Train(kept);

        Assert.Equal(bytes, File.ReadAllBytes(_temporary["model"]));
        Assert.Equal(whole.Metrics, resumed.Metrics);
        Assert.Equal(whole.Popularity, resumed.Popularity);
        Assert.Equal(anew.Metrics.Keys.Order(StringComparer.Ordinal), whole.Metrics.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(400, whole.Users);
    }

    [Fact]
    public void Train_WithASearch_UsesAndReportsWhatItFound()
    {
        var recipe = Models.Recipe("aws-sims");
        var space = SearchSpace.Of(recipe.Description, [SearchRange.Integer("min_cointeraction_count", 1, 2)], out var faults);

        var report = SolutionTrainer.Train(
            Training("aws-sims", PlantedShop.Create()) with { Search = new() { Space = space, Limits = new() { MaxTrials = 3 } } });

        Assert.Empty(faults);
        Assert.InRange(report.Settings.Integer("min_cointeraction_count"), 1, 3); // 3 is where the search starts
        using var expected = recipe.Train(new TrainingSet(PlantedShop.Create()), report.Settings, new TrainingRun(1));
        Assert.Equal(Models.Bytes(expected), File.ReadAllBytes(_temporary["model"]));
    }

    [Fact]
    public void Train_WithoutARecipe_ChoosesOneAndSaysWhich()
    {
        IRecipe[] candidates = [Models.Recipe("aws-popularity-count"), Models.Recipe("aws-user-personalization-v2")];

        var report = SolutionTrainer.Train(Training("aws-popularity-count", PlantedShop.Create()) with
        {
            Recipe = null, Settings = null, Search = new() { Candidates = candidates, Limits = new() { MaxTrials = 2 } },
        });

        Assert.Equal("aws-user-personalization-v2", report.Recipe);
        using var model = candidates[1].Open(ModelArtifact.Open(_temporary["model"]));
        Assert.Equal(report.Rung, model.Rung);
    }

    [Fact]
    public void Train_FewerThan1000Interactions_SaysSo() =>
        AssertRefused("Dataset has fewer than 1000 interactions.", PlantedShop.Create(users: 100), EventSelection.Everything);

    [Fact]
    public void Train_FewerThan1000AfterTheEventFilter_NamesTheType() =>
        AssertRefused(
            "Dataset has fewer than 1000 interactions after filtering by event type: Purchase",
            PlantedShop.Create(),
            EventSelection.Of("Purchase"));

    [Fact]
    public void Train_FewUsersWithTwoInteractions_SaysSo() => AssertRefused(
        "Dataset has fewer than 25 users with at least 2 interactions each.", Log(able: 24, single: 1000), EventSelection.Everything);

    [Fact]
    public void Train_SmallShareOfUsersWithTwoInteractions_SaysSo() => AssertRefused(
        "Dataset has fewer than 1% of users with at least 2 interactions each.", Log(able: 25, single: 2476), EventSelection.Everything);

    [Fact]
    public void Train_CancelledOnTheWay_PublishesNothing()
    {
        using var source = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => SolutionTrainer.Train(Training("aws-user-personalization-v2", PlantedShop.Create()) with
        {
            CancellationToken = source.Token,
            Progress = new CancelAt(0.6, source),
        }));

        Assert.Empty(Directory.GetFiles(_temporary.Folder));
    }

    private void AssertRefused(string message, InteractionLog log, EventSelection events)
    {
        var refused = Assert.Throws<InsufficientDataException>(() =>
            SolutionTrainer.Train(Training("aws-user-personalization-v2", log) with { Events = events }));

        Assert.Equal(message, refused.Message);
    }

    private SolutionTraining Training(string recipe, InteractionLog log) => new()
    {
        Recipe = Models.Recipe(recipe), Settings = RecipeSettings.Defaults(Models.Recipe(recipe).Description),
        Data = new TrainingSet(log) { Items = ItemsOf(log), Actions = new ActionSet(IdTable.Empty, []) },
        ArtifactPath = _temporary["model"],
        Seed = 1,
        Threads = 2,
    };

    private static AttributeTable ItemsOf(InteractionLog log)
    {
        var table = new AttributeTableBuilder([new("AISLE", AttributeKind.Category), new("NAME", AttributeKind.Text)]);
        for (var item = 0; item < log.ItemIds.Count; item++)
            table.Add(log.ItemIds[item], [log.ItemIds[item].Split('-')[0], $"the item {log.ItemIds[item]}"]);
        return table.Build(log.ItemIds);
    }

    private static InteractionLog Log(int able, int single)
    {
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < able + single; user++)
        {
            for (var i = 0; i < (user < able ? 2 : 1); i++)
                builder.Add($"u{user}", $"i{(user + i) % 50}", i);
        }
        return builder.Build();
    }

    private sealed class Collect(List<double> fractions) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => fractions.Add(value.Fraction);
    }

    private sealed class CancelAt(double fraction, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Fraction >= fraction)
                source.Cancel();
        }
    }
}
