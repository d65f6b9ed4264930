using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Tests.Tuning;

public class HyperParameterSearchTests
{
    private static readonly InteractionLog Shop = PlantedShop.Create(users: 600);
    private static readonly TrainingRun Run = new(1, 2);

    [Fact]
    public void Find_PlantedOptimum_ComesCloseAndSaysWhatItTried()
    {
        var recipe = new DialRecipe();

        var result = Find(recipe, SearchSpace.Tunable(recipe.Description), new TuningLimits { MaxTrials = 40 });

        Assert.Equal(40, result.Trials.Count);
        Assert.Equal(result.Trials.Max(trial => trial.Score), result.Score);
        Assert.True(recipe.DistanceOf(result.Settings) < 0.2, string.Join(", ", result.Settings.Values));
        Assert.Equal("1", result.Settings.Text("fixed"));
    }

    [Fact]
    public void Find_MorePromisingThanChance() => Assert.All([1, 2, 3], seed =>
    {
        var recipe = new DialRecipe();

        var trials = Find(recipe, SearchSpace.Tunable(recipe.Description), new TuningLimits { MaxTrials = 40 }, seed).Trials;

        var (spread, proposed) = (trials.Skip(1).Take(8).Average(trial => recipe.DistanceOf(trial.Settings)), trials.Skip(20).Average(trial => recipe.DistanceOf(trial.Settings)));
        Assert.True(proposed < 0.7 * spread, $"Proposals are {proposed:F2} away from the optimum, the spread ones {spread:F2}.");
    });

    [Fact]
    public void Find_OneAfterTheOtherAgain_IsTheSame()
    {
        var recipe = new DialRecipe();
        var limits = new TuningLimits { MaxTrials = 12, MaxParallelTrials = 3 };

        var (one, other) =
            (Find(recipe, SearchSpace.Tunable(recipe.Description), limits), Find(recipe, SearchSpace.Tunable(recipe.Description), limits));

        Assert.Equal(one.Trials.Select(trial => (Texts(trial), trial.Score)), other.Trials.Select(trial => (Texts(trial), trial.Score)));
    }

    [Fact]
    public void Find_RangesAskedFor_AreKept()
    {
        var recipe = new DialRecipe();
        var space = SearchSpace.Of(recipe.Description,
            [SearchRange.Continuous("dial", 0.2, 0.3), SearchRange.Integer("number", 3, 5), SearchRange.Categorical("word", ["a", "c"])],
            out var faults);

        var trials = Find(recipe, space, new TuningLimits { MaxTrials = 15 }).Trials;

        Assert.Empty(faults);
        Assert.All(trials.Skip(1), trial =>
        {
            Assert.InRange(trial.Settings.Float("dial"), 0.2, 0.3);
            Assert.InRange(trial.Settings.Integer("number"), 3, 5);
            Assert.NotEqual("b", trial.Settings.Text("word"));
        });
    }

    [Fact]
    public void Find_FewSettings_TriesEachOnce()
    {
        var recipe = new DialRecipe();
        var space = SearchSpace.Of(recipe.Description, [SearchRange.Categorical("word", ["a", "b", "c"])], out _);

        var result = Find(recipe, space, new TuningLimits());

        Assert.Equal(["a", "b", "c"], result.Trials.Select(trial => trial.Settings.Text("word")).Order());
        Assert.Equal("b", result.Settings.Text("word"));
    }

    [Fact]
    public void Find_NothingIsBetter_KeepsTheStart()
    {
        var recipe = new DialRecipe(rightDial: 0.1, rightNumber: 2, rightWord: "a");

        var result = Find(recipe, SearchSpace.Tunable(recipe.Description), new TuningLimits { MaxTrials = 8 });

        Assert.Equal(RecipeSettings.Defaults(recipe.Description).Values, result.Settings.Values);
    }

    [Fact]
    public void Find_BudgetUsedUp_StopsTheTrialThatOverruns()
    {
        var recipe = new DialRecipe(takes: TimeSpan.FromSeconds(30));

        var result = Find(recipe, SearchSpace.Tunable(recipe.Description), new TuningLimits { Budget = TimeSpan.FromMilliseconds(200) });

        Assert.Null(result.Score);
        Assert.Null(Assert.Single(result.Trials).Score);
        Assert.InRange(result.Trials[0].Duration.TotalSeconds, 0, 10);
        Assert.Equal(RecipeSettings.Defaults(recipe.Description).Values, result.Settings.Values);
    }

    [Fact]
    public void Find_Cancelled_Throws()
    {
        var recipe = new DialRecipe(takes: TimeSpan.FromSeconds(30));
        using var source = new CancellationTokenSource(100);

        Assert.ThrowsAny<OperationCanceledException>(() => HyperParameterSearch.Find(
            recipe, RecipeSettings.Defaults(recipe.Description), SearchSpace.Tunable(recipe.Description), new TrainingSet(Shop), new TuningLimits(),
            new TrainingRun(1, 2, null, source.Token)));
    }

    [Theory]
    [InlineData("fixed", "no tunable 'fixed'; dial, number, word can be searched")]
    [InlineData("missing", "no tunable 'missing'")]
    [InlineData("dial", "dial has a range of type Integer; Float was expected")]
    public void Of_RangeThatCannotBe_IsAFault(string name, string sentence)
    {
        SearchSpace.Of(new DialRecipe().Description, [SearchRange.Integer(name, 1, 3)], out var faults);

        Assert.Contains(sentence, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BoundsThatCannotBe_AreFaults()
    {
        SearchSpace.Of(
            new DialRecipe().Description,
            [
                SearchRange.Continuous("dial", 0.5, 1.5),
                SearchRange.Integer("number", 9, 3),
                SearchRange.Categorical("word", ["a", "z"]),
                SearchRange.Categorical("word", []),
            ],
            out var faults);

        Assert.Equal(4, faults.Count);
    }

    private static TuningResult Find(DialRecipe recipe, SearchSpace space, TuningLimits limits, int seed = 1) =>
        HyperParameterSearch.Find(
            recipe, RecipeSettings.Defaults(recipe.Description), space, new TrainingSet(Shop), limits, Run with { Seed = seed });

    private static string Texts(Trial trial) => string.Join(", ", trial.Settings.Values.OrderBy(pair => pair.Key));
}
