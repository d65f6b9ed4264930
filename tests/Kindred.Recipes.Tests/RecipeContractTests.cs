using System.Collections.Concurrent;
using Kindred.Examples;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests;

/// <summary>What every recipe promises. A new recipe passes by being in the catalogue, from wherever it comes.</summary>
public class RecipeContractTests
{
    private static readonly InteractionLog Shop = PlantedShop.Create();
    private static readonly ConcurrentDictionary<string, Lazy<ITrainedModel>> Trained = new();

    static RecipeContractTests() => RecipeCatalog.Add(new MostEventsRecipe());

    /// <summary>Use cases of domains train with one of these recipes each.</summary>
    public static TheoryData<string> Recipes =>
        [.. RecipeCatalog.All.Where(recipe => recipe.Domain is null).Select(recipe => recipe.Name).Where(name => RecipeCatalog.Implementation(name) is not null)];

    [Theory, MemberData(nameof(Recipes))]
    public void Train_PlantedPattern_IsRecovered(string recipe)
    {
        var model = TrainedOn(recipe);
        var type = model.Recipe.RecipeType;
        if (type == RecipeTypes.PopularItems)
        {
            Assert.Equal(PlantedShop.Hit, model.Items[Array.IndexOf(Models.Score(model), Models.Score(model).Max())]);
            return;
        }
        var (found, asked) = (0, 0);
        for (var aisle = 0; aisle < PlantedShop.Aisles; aisle++)
        {
            HistoryEvent[] history = [Models.Event(model, PlantedShop.Item(aisle, 2), 1), Models.Event(model, PlantedShop.Item(aisle, 3), 2)];
            if (type == RecipeTypes.RelatedItems && !model.TryScoreRelated(new RelatedQuery(history[^1].Item), new float[model.Items.Count]))
                continue; // left out by a percentile
            var best = new int[4];
            new MeasuredRecommender(model).Recommend(history, best);
            foreach (var item in best)
            {
                asked++;
                found += PlantedShop.AisleOf(model.Items[item]) == aisle ? 1 : 0;
            }
        }
        Assert.True(asked >= 20 && found >= 0.8 * asked, $"{found} of {asked} recommendations are from the user's aisle.");
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Score_ManyAtOnce_EqualsOneAfterTheOther(string recipe)
    {
        var model = TrainedOn(recipe);
        var histories = Enumerable.Range(0, 64).Select(user => History(Shop, user)).ToArray();

        var single = histories.Select(history => Models.Score(model, history)).ToArray();
        var batch = new float[histories.Length][];
        Parallel.For(0, histories.Length, user => batch[user] = Models.Score(model, histories[user]));

        Assert.Equal(single, batch);
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Train_SameSeed_GivesTheSameBytesForAnyThreads(string recipe)
    {
        using var three = Models.Train(recipe, Shop, threads: 3);

        Assert.Equal(Models.Bytes(TrainedOn(recipe)), Models.Bytes(three));
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Open_Saved_ScoresBitEqual(string recipe)
    {
        using var temporary = new Temporary();
        var trained = TrainedOn(recipe);
        File.WriteAllBytes(temporary["model.kindred"], Models.Bytes(trained));
        using var opened = Models.Recipe(recipe).Open(ModelArtifact.Open(temporary["model.kindred"]));

        Assert.Equal((trained.Rung, trained.Items.Count, trained.Recipe), (opened.Rung, opened.Items.Count, opened.Recipe));
        Assert.Equal(trained.EventTypes, opened.EventTypes);
        for (var user = 0; user < 20; user++)
            Assert.Equal(Models.Score(trained, History(Shop, user)), Models.Score(opened, History(Shop, user)));
        for (var item = 0; item < trained.Items.Count; item++)
            Assert.Equal(Related(trained, item), Related(opened, item));
        Assert.Equal(Models.Bytes(trained), Models.Bytes(opened));
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Train_Cancelled_Throws(string recipe)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Models.Recipe(recipe).Train(
            Models.Data(recipe, Shop), RecipeSettings.Defaults(Models.Recipe(recipe).Description), new TrainingRun(1, 2, null, source.Token)));
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Score_UnknownItems_AreIgnored(string recipe)
    {
        var model = TrainedOn(recipe);
        var known = Models.Event(model, PlantedShop.Item(3, 3));

        var expected = Models.Score(model, known);

        Assert.Equal(expected, Models.Score(model, new HistoryEvent(-1, 0, 0), known, new HistoryEvent(int.MaxValue, 99, 5)));
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Score_EmptyHistory_IsPopularity(string recipe)
    {
        var model = TrainedOn(recipe);
        var popularity = TrainedOn("aws-popularity-count");

        // Popular items of another kind than the count are the same for everybody instead.
        var fallback = model.Recipe.RecipeType == RecipeTypes.PopularItems ? Models.Score(model, History(Shop, 0)) : Models.Score(popularity);
        Assert.Equal(fallback, Models.Score(model));
        Assert.Equal(fallback, Models.Score(model, new HistoryEvent(-1, -1, 0)));
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Score_AnyHistory_IsFinite(string recipe)
    {
        var model = TrainedOn(recipe);
        var everything = Enumerable.Range(0, model.Items.Count).Select(item => new HistoryEvent(item, -1, item)).ToArray();

        Assert.All(Models.Score(model, everything), score => Assert.True(float.IsFinite(score)));
        Assert.All(Models.Score(model, [.. everything, .. everything]), score => Assert.True(float.IsFinite(score)));
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Score_AnyHistory_HandsOverItsNormaliser(string recipe)
    {
        var model = TrainedOn(recipe);
        HistoryEvent[][] histories = [[], History(Shop, 3), [.. Enumerable.Range(0, model.Items.Count).Select(item => new HistoryEvent(item, -1, item))]];

        Assert.All(histories, history =>
        {
            var scores = new float[model.Items.Count];
            var logSum = model.Score(new ScoreQuery { History = history }, scores).LogSumOver(scores);
            var expected = Math.Log(scores.Sum(score => Math.Exp(score)));
            Assert.Equal(expected, logSum, tolerance: 1e-5 * (1 + Math.Abs(expected)));
        });
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Train_OneUserOneItem_DoesNotFail(string recipe)
    {
        var builder = new InteractionLogBuilder();
        builder.Add("u", "i", 0);

        using var model = Models.Train(recipe, builder.Build());

        Assert.Equal([0f], Models.Score(model, new HistoryEvent(0, -1, 0))); // log 1: there is nothing else
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Score_Disposed_Throws(string recipe)
    {
        var model = Models.Train(recipe, Shop);
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Models.Score(model));
    }

    /// <summary>One model for all tests that only look at it: some recipes learn for seconds.</summary>
    private static ITrainedModel TrainedOn(string recipe) =>
        Trained.GetOrAdd(recipe, name => new Lazy<ITrainedModel>(() => Models.Train(name, Shop, threads: 1))).Value;

    private static HistoryEvent[] History(InteractionLog log, int user)
    {
        var history = new HistoryEvent[log.InteractionsOf(user)];
        log.CopyHistory(log.UserStarts[user], history);
        return history;
    }

    private static float[]? Related(ITrainedModel model, int item)
    {
        var scores = new float[model.Items.Count];
        return model.TryScoreRelated(new RelatedQuery(item), scores) ? scores : null;
    }
}
