using System.Globalization;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Checkpoints;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.SemanticSimilarity;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests;

/// <summary>What every recipe promises whose models can be updated.</summary>
public class UpdateContractTests
{
    private static readonly InteractionLog Shop = PlantedShop.Create();

    public static TheoryData<string> Recipes =>
        [.. RecipeCatalog.All.Where(recipe => recipe.Domain is null).Select(recipe => recipe.Name).Where(name => RecipeCatalog.Implementation(name) is IUpdatableRecipe)];

    [Fact]
    public void Recipes_HoldATransformerOrATextEncoder_AreUpdatable() => Assert.Equal(
        [
            "aws-hrnn", "aws-hrnn-coldstart", "aws-hrnn-metadata", "aws-personalized-ranking", "aws-personalized-ranking-v2", "aws-semantic-similarity",
            "aws-user-personalization", "aws-user-personalization-v2",
            "kindred-ensemble", "kindred-transformer",
        ],
        Recipes.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Recipes))]
    public void Update_OpenedModel_GivesTheSameBytesAsTheTrainedOneForAnyThreads(string recipe)
    {
        using var temporary = new Temporary();
        using var trained = Train(recipe);
        File.WriteAllBytes(temporary["model.kindred"], Models.Bytes(trained));
        using var opened = Models.Recipe(recipe).Open(ModelArtifact.Open(temporary["model.kindred"]));
        var data = Models.Data(recipe, Grown());

        using var one = Update(recipe, trained, data, new TrainingRun(1, 1));
        using var three = Update(recipe, opened, data, new TrainingRun(1, 3));

        Assert.Equal(Models.Bytes(one), Models.Bytes(three));
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Update_Saved_ScoresBitEqual(string recipe)
    {
        using var temporary = new Temporary();
        using var trained = Train(recipe);
        using var updated = Update(recipe, trained, Models.Data(recipe, Grown()), new TrainingRun(1, 2));
        File.WriteAllBytes(temporary["model.kindred"], Models.Bytes(updated));

        using var opened = Models.Recipe(recipe).Open(ModelArtifact.Open(temporary["model.kindred"]));

        Assert.Equal(updated.Rung, opened.Rung);
        for (var aisle = 0; aisle < PlantedShop.Aisles; aisle++)
        {
            HistoryEvent[] history = [Models.Event(updated, PlantedShop.Item(aisle, 2), 1), Models.Event(updated, PlantedShop.NewItem(aisle), 2)];
            Assert.Equal(Models.Score(updated, history), Models.Score(opened, history));
            Assert.All(Models.Score(updated, history), score => Assert.True(float.IsFinite(score)));
        }
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Update_Interrupted_EndsWithTheSameBytes(string recipe)
    {
        using var temporary = new Temporary();
        using var trained = Train(recipe);
        var data = Models.Data(recipe, Grown());
        using var expected = Update(recipe, trained, data, new TrainingRun(3, 2));
        var checkpoints = new CheckpointFolder(temporary["checkpoints"]);

        using var source = new CancellationTokenSource();
        var heard = 0;
        var interrupted = new TrainingRun(
            3, 2, new Listener(_ => { if (++heard == 2) source.Cancel(); }), source.Token) { Checkpoints = checkpoints };
        Assert.ThrowsAny<OperationCanceledException>(() => Update(recipe, trained, data, interrupted));
        using var resumed = Update(recipe, trained, data, new TrainingRun(3, 1) { Checkpoints = checkpoints });

        Assert.Equal(Models.Bytes(expected), Models.Bytes(resumed));
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Update_NothingNew_RecommendsAsBefore(string recipe)
    {
        using var trained = Train(recipe);

        using var updated = Update(recipe, trained, Models.Data(recipe, Shop), new TrainingRun(1, 2));

        var (same, asked) = (0, 0);
        for (var aisle = 0; aisle < PlantedShop.Aisles; aisle++)
        {
            asked += 3;
            same += Best(trained, aisle, 3).Intersect(Best(updated, aisle, 3)).Count();
        }
        Assert.True(same >= 0.75 * asked, $"{same} of {asked} recommendations are the same.");
    }

    /// <summary>The oracle is a full training on the same data.</summary>
    [Theory, MemberData(nameof(Recipes))]
    public void Update_EventsOfNewItems_RecommendsThemForFewerSteps(string recipe)
    {
        var data = Models.Data(recipe, Grown());
        var (full, update) = (new Epochs(), new Epochs());
        using var before = Train(recipe);
        using var oracle = Models.Recipe(recipe).Train(data, Settings(recipe), new TrainingRun(1, 2, full));

        using var updated = Update(recipe, before, data, new TrainingRun(1, 2, update));

        Assert.False(before.Items.TryFind(PlantedShop.NewItem(0), out _));
        if (oracle is SemanticSimilarityModel)
            return; // relates texts; its own tests say that new items are found
        var (expected, found) = (Enumerable.Range(0, PlantedShop.Aisles).Count(aisle => Finds(oracle, aisle)), Enumerable.Range(0, PlantedShop.Aisles).Count(aisle => Finds(updated, aisle)));
        Assert.True(
            expected >= 10 && found >= 10,
            $"The new item is recommended in {found} of {PlantedShop.Aisles} aisles; by the oracle in {expected}.");
        Assert.Equal(before.Rung.Contains("transformer", StringComparison.Ordinal), update.Last > 0);
        Assert.True(full.Last > 0 && 3 * update.Last <= full.Last, $"The update took {update.Last} passes, a full training {full.Last}.");
    }

    [Fact]
    public void Update_DatasetOfAMemberIsMissing_SaysSo()
    {
        var data = PlantedShop.WithItems(Shop);
        var recipe = Models.Recipe("kindred-ensemble");
        var settings = Only("content");
        using var model = recipe.Train(data, settings, new TrainingRun(1, 2));
        Assert.Contains("content", model.Rung, StringComparison.Ordinal);

        var e = Assert.Throws<InsufficientDataException>(
            () => ((IUpdatableRecipe)recipe).Update(model, data with { Items = null }, settings, new TrainingRun(1, 2)));

        Assert.Contains("the member content", e.Message, StringComparison.Ordinal);
    }

    private static ITrainedModel Train(string recipe) =>
        Models.Recipe(recipe).Train(Models.Data(recipe, Shop), Settings(recipe), new TrainingRun(1, 2));

    private static ITrainedModel Update(string recipe, ITrainedModel model, TrainingSet data, TrainingRun run) =>
        ((IUpdatableRecipe)Models.Recipe(recipe)).Update(model, data, Settings(recipe), run);

    /// <summary>The defaults; of the ensemble with one member, since a shop so small is served by others than the transformer.</summary>
    private static RecipeSettings Settings(string recipe) =>
        recipe == "kindred-ensemble" ? Only("transformer") : RecipeSettings.Defaults(Models.Recipe(recipe).Description);

    private static RecipeSettings Only(string member)
    {
        var ensemble = Models.Recipe("kindred-ensemble").Description;
        var others = ensemble.HyperParameters.Select(parameter => parameter.Name)
            .Where(name => name.StartsWith("use_", StringComparison.Ordinal) && name != $"use_{member}");
        return RecipeSettings.Defaults(ensemble).With(others.ToDictionary(name => name, _ => "false"));
    }

    private static bool Finds(ITrainedModel model, int aisle) => Best(model, aisle, 4).Contains(PlantedShop.NewItem(aisle));

    private static string[] Best(ITrainedModel model, int aisle, int most)
    {
        var best = new int[most];
        new MeasuredRecommender(model)
            .Recommend([Models.Event(model, PlantedShop.Item(aisle, 2), 1), Models.Event(model, PlantedShop.Item(aisle, 3), 2)], best);
        return [.. best.Select(item => model.Items[item])];
    }

    /// <summary>
    /// The shop with newer events: people who find a new item between the third and the fourth of their aisle. Codes are others
    /// than before.
    /// </summary>
    private static InteractionLog Grown()
    {
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < 10 * PlantedShop.Aisles; user++)
        {
            var (aisle, time) = (user % PlantedShop.Aisles, 200_000 + user);
            foreach (var item in (string[])[PlantedShop.Item(aisle, 2), PlantedShop.Item(aisle, 3), PlantedShop.NewItem(aisle), PlantedShop.Item(aisle, 4)])
                builder.Add($"new{user}", item, time += 60, "View", 1);
        }
        for (var user = 0; user < Shop.UserIds.Count; user++)
        {
            for (var i = Shop.UserStarts[user]; i < Shop.UserStarts[user + 1]; i++)
                builder.Add(
                    Shop.UserIds[user],
                    Shop.ItemIds[Shop.Items[i]],
                    Shop.Timestamps[i],
                    Shop.EventTypes[Shop.EventTypeCodes[i]],
                    Shop.EventValues[i]);
        }
        return builder.Build();
    }

    private sealed class Listener(Action<TrainingProgress> heard) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => heard(value);
    }

    /// <summary>Hears how many passes a transformer took.</summary>
    private sealed class Epochs : IProgress<TrainingProgress>
    {
        private const string Prefix = "transformer epoch ";

        public int Last { get; private set; }

        public void Report(TrainingProgress value)
        {
            if (value.Stage.StartsWith(Prefix, StringComparison.Ordinal))
                Last = int.Parse(value.Stage[Prefix.Length..].Split(' ')[0], CultureInfo.InvariantCulture);
        }
    }
}
