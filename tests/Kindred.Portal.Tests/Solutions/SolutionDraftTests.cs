using Kindred.Operations.Solutions;
using Kindred.Portal.Components.Pages.Solutions;

namespace Kindred.Portal.Tests.Solutions;

public sealed class SolutionDraftTests
{
    private const string Group = "arn:aws:personalize:us-east-1:111122223333:dataset-group/shop";

    private static readonly RecipeOffer Recipe = new(
        "aws-sims", "arn:aws:personalize:::recipe/aws-sims", "RELATED_ITEMS", "", NeedsItems: false, NeedsTexts: false, NeedsActions: false,
        HasEventWeights: false, CanExplore: false, Estimate: null,
        [new("popularity_discount_factor", "0.5", false, "0 to 1", []), new("max_user_history_length_percentile", "0.99", true, "0 to 1", [])]);

    [Fact]
    public void Request_OfAFormLeftAsItIs_AsksForTheDefaults()
    {
        var request = new SolutionDraft { Name = " similar ", Recipe = Recipe.Name }.Request(Group, Recipe);

        Assert.Equal(("similar", Group, Recipe.Arn), (request.Name, request.DatasetGroupArn, request.RecipeArn));
        Assert.Equal("rate(7 days)", request.SolutionConfig!.AutoTrainingConfig!.SchedulingExpression);
        Assert.Null(request.EventType);
        Assert.Null(request.PerformHPO);
        Assert.Null(request.SolutionConfig.AlgorithmHyperParameters);
        Assert.Null(request.SolutionConfig.TrainingDataConfig);
    }

    [Fact]
    public void Request_OfSettings_SendsThoseThatDifferWhereTheyBelong()
    {
        var draft = new SolutionDraft { Name = "similar" };
        draft.Settings["popularity_discount_factor"] = "0.5"; // typed, and the default all the same
        draft.Settings["max_user_history_length_percentile"] = "0.9";

        var config = draft.Request(Group, Recipe).SolutionConfig!;

        Assert.Null(config.AlgorithmHyperParameters);
        Assert.Equal("0.9", config.FeatureTransformationParameters!["max_user_history_length_percentile"]);
    }

    [Fact]
    public void Request_WithoutAutomaticTraining_HasNoSchedule()
    {
        var request = new SolutionDraft { Name = "similar", TrainsByItself = false }.Request(Group, Recipe);

        Assert.False(request.PerformAutoTraining);
        Assert.Null(request.SolutionConfig!.AutoTrainingConfig);
    }

    [Theory]
    [InlineData("", "7", "", "name")]
    [InlineData("-x", "7", "", "name")]
    [InlineData("a b", "7", "", "name")]
    [InlineData("ok", "0", "", "days")]
    [InlineData("ok", "31", "", "days")]
    [InlineData("ok", "7", "four", "threshold")]
    [InlineData("ok", "7", "NaN", "threshold")]
    public void Faults_OfWhatCannotBe_NameTheField(string name, string days, string threshold, string field)
    {
        var draft = new SolutionDraft { Name = name, Days = int.Parse(days, System.Globalization.CultureInfo.InvariantCulture), Threshold = threshold };

        Assert.Equal([field], draft.Faults().Keys);
    }
}
