using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Solutions;

namespace Kindred.Grains.Tests.Solutions;

public sealed class SolutionRequestRulesTests
{
    [Fact]
    public void Check_AGoodRequest_GivesItsRecipe() => Assert.Equal("aws-sims", SolutionRequestRules.Check(Request())!.Name);

    [Fact]
    public void Check_ManyFaults_NamesThemAllAtOnce()
    {
        var message = Refusal(Request() with
        {
            PerformHPO = true, PerformIncrementalUpdate = true,
            SolutionConfig = new()
            {
                EventValueThreshold = "much",
                HpoConfig = new()
                {
                    HpoResourceConfig = new() { MaxNumberOfTrainingJobs = "41", MaxParallelTrainingJobs = "0" },
                    HpoObjective = new() { Type = "max" },
                },
                AutoTrainingConfig = new() { SchedulingExpression = "rate(90 days)" },
                AlgorithmHyperParameters = new Dictionary<string, string> { ["popularity_discount_factor"] = "2", ["unknown"] = "1" },
                EventsConfig = new() { EventParametersList = [new() { EventType = "View", Weight = 7 }, new() { EventType = "view" }] },
                OptimizationObjective = new() { ItemAttribute = "PRICE", ObjectiveSensitivity = "HIGH" },
                TrainingDataConfig = new() { ExcludedDatasetColumns = new Dictionary<string, IReadOnlyList<string>> { ["Interactions"] = ["EVENT_TYPE"], ["Shops"] = [] } },
            },
        });

        Assert.All(
            ["maxNumberOfTrainingJobs is '41'", "maxParallelTrainingJobs is '0'", "hpoObjective", "performIncrementalUpdate", "'much'", "rate(90 days)", "popularity_discount_factor", "'unknown'", "no eventsConfig",
                "weight of event type 'View' is 7", "2 times", "no optimizationObjective", "EVENT_TYPE cannot be excluded",
                "'Shops'", "cannot be combined"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "recipeArn is missing")]
    [InlineData("arn:aws:personalize:::recipe/none", "does not exist")]
    [InlineData("arn:aws:personalize:::recipe/aws-vod-top-picks", "VIDEO_ON_DEMAND")]
    [InlineData("arn:aws:personalize:::recipe/aws-hrnn-coldstart", "cannot be trained in this release")]
    public void Check_ARecipeThatCannotBeTrained_SaysWhy(string? recipe, string part) =>
        Assert.Contains(part, Refusal(Request() with { RecipeArn = recipe }), StringComparison.Ordinal);

    [Fact]
    public void Check_RangesToSearch_MustBeTheRecipes()
    {
        var good = Ranges(
            new()
            {
                IntegerHyperParameterRanges = [new() { Name = "training.min_cointeraction_count", MinValue = 1, MaxValue = 5 }],
                ContinuousHyperParameterRanges = [],
                CategoricalHyperParameterRanges = [],
            });
        var bad = Ranges(new()
        {
            IntegerHyperParameterRanges =
            [
                new() { Name = "min_cointeraction_count", MinValue = 5, MaxValue = 50 },
                new() { Name = "bptt", MinValue = 2 },
            ],
            ContinuousHyperParameterRanges = [new() { Name = "min_user_history_length_percentile", MinValue = 0, MaxValue = 1 }],
        });

        Assert.NotNull(SolutionRequestRules.Check(good));
        Assert.All(["min_cointeraction_count is 50", "range of 'bptt' is incomplete", "no tunable 'min_user_history_length_percentile'"],
            part => Assert.Contains(part, Refusal(bad), StringComparison.Ordinal));
        Assert.Contains(
            "no hyperparameters",
            Refusal(new() { Name = "best", PerformHPO = true, RecipeArn = "arn:aws:personalize:::recipe/aws-popularity-count" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Check_PerformAutoML_ChoosesTheRecipeItself()
    {
        var auto = new CreateSolutionRequest { Name = "best", PerformAutoML = true };

        Assert.Null(SolutionRequestRules.Check(auto));
        Assert.Contains("recipeArn must then be left out", Refusal(Request() with { PerformAutoML = true }), StringComparison.Ordinal);
        Assert.Contains("recipeList names arn:aws:personalize:::recipe/aws-sims",
            Refusal(
                auto with { SolutionConfig = new() { AutoMLConfig = new() { RecipeList = ["arn:aws:personalize:::recipe/aws-sims"] } } }),
            StringComparison.Ordinal);
    }

    private static CreateSolutionRequest Ranges(HyperParameterRanges ranges) =>
        Request() with { PerformHPO = true, SolutionConfig = new() { HpoConfig = new() { AlgorithmHyperParameterRanges = ranges } } };

    [Fact]
    public void Events_WithWeights_KeepsThemPerType()
    {
        var config = new SolutionConfig { EventsConfig = new() { EventParametersList = [new() { EventType = "Buy", Weight = 0.9, EventValueThreshold = 2 }, new() { EventType = "View" }] } };

        var selection = SolutionRequestRules.Events(eventType: null, config);

        Assert.Equal([("Buy", 2, 0.9), ("View", null, 1)], selection.Rules.Select(rule => (rule.EventType, rule.ValueThreshold, rule.Weight)));
        Assert.True(selection.HasWeights);
    }

    private static CreateSolutionRequest Request() => new() { Name = "best", RecipeArn = "arn:aws:personalize:::recipe/aws-sims" };

    private static string Refusal(CreateSolutionRequest request)
    {
        var refused = Assert.Throws<RefusedException>(() => SolutionRequestRules.Check(request));
        Assert.Equal(RefusalCode.InvalidInput, refused.Code);
        return refused.Message;
    }
}
