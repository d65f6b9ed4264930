using Kindred.Recipes.Personalization;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Tests.Tuning;

public class AutoMlTests
{
    private static readonly TrainingRun Run = new(1, 2) { Effort = TrainingEffort.Quick };
    private static readonly TrainingSet Shop = new(PlantedShop.Create(users: 600));

    [Fact]
    public void Train_OrderMatters_ChoosesWhatSeesIt()
    {
        IRecipe[] candidates =
        [
            Models.Recipe("aws-popularity-count"),
            Models.Recipe("kindred-item-knn"),
            Models.Recipe("kindred-sequence-statistics"),
        ];

        var result = AutoMl.Train(Shop, new TuningLimits { MaxTrials = 3 }, Run, candidates);
        using var model = result.Model;

        Assert.Equal("kindred-sequence-statistics", result.Choice.Recipe.Description.Name);
        Assert.Equal(3, result.Choice.Trials.Count);
        Assert.Equal(result.Choice.Trials.Max(trial => trial.Score), result.Choice.Score);
        Assert.True(result.SawEverything);
        Assert.Equal(Shop.Interactions.ItemIds.Count, model.Items.Count);
    }

    [Fact]
    public void Train_AnyItemIsAskedFor_TellsTheEnsembleAndComparesByIt()
    {
        IRecipe[] candidates = [Models.Recipe("kindred-sequence-statistics"), Models.Recipe("kindred-ensemble")];

        var result = AutoMl.Train(Shop, new TuningLimits { MaxTrials = 2 }, Run, candidates, HoldoutKind.Random);
        using var model = result.Model;

        Assert.Equal("kindred-ensemble", result.Choice.Recipe.Description.Name);
        Assert.Equal("false", result.Choice.Settings.Text("next_item"));
    }

    [Fact]
    public void Train_UsersRepeat_IsComparedByWhatTheyComeBackTo()
    {
        var candidates = new[] { "kindred-item-knn", "kindred-sequence-statistics", "aws-user-personalization-v2" }.Select(Models.Recipe).ToList();

        var result = AutoMl.Train(new TrainingSet(TasteClusters.Create(users: 300)), new TuningLimits { MaxTrials = 3 }, Run, candidates);
        using var model = result.Model;

        Assert.Equal("aws-user-personalization-v2", result.Choice.Recipe.Description.Name);
        Assert.True(result.Choice.Score > 0.3, $"NDCG@10 is {result.Choice.Score:F3}.");
    }

    [Fact]
    public void Train_NoTimeAtAll_StillHasAModel()
    {
        var result = AutoMl.Train(
            Shop,
            new TuningLimits { Budget = TimeSpan.Zero },
            Run,
            [Models.Recipe("aws-popularity-count"), Models.Recipe("aws-user-personalization-v2")]);
        using var model = result.Model;

        Assert.Equal("aws-popularity-count", result.Choice.Recipe.Description.Name);
        Assert.False(result.SawEverything);
    }

    [Fact]
    public void Train_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => AutoMl.Train(Shop, new TuningLimits(), new TrainingRun(1, 2, null, source.Token)));
    }

    [Fact]
    public void Candidates_AreEveryWayToRecommendToUsersOnce()
    {
        var names = AutoMl.Candidates.Select(recipe => recipe.Description.Name).ToList();

        Assert.Contains("aws-user-personalization-v2", names);
        Assert.Contains("kindred-transformer", names);
        Assert.Contains("kindred-ease", names);
        Assert.DoesNotContain("kindred-ensemble", names); // the twin of the first
        Assert.DoesNotContain("aws-similar-items", names);
    }
}
