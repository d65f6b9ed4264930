using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Resources;
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

    [Theory]
    [InlineData("PRICE", "LOW", null)]
    [InlineData("NOPE", "OFF", null)]
    [InlineData("NOPE", "HIGH", "the Items schema has no NOPE")]
    [InlineData("STOCK", "HIGH", "STOCK allows null")]
    [InlineData("KIND", "MEDIUM", "KIND is a string")]
    public void CheckObjective_OfAColumn_MustBeANumberOfEveryItem(string attribute, string sensitivity, string? fault)
    {
        var items = new DatasetData
        {
            DatasetArn = Arn.Dataset("us-east-1", "111111111111", "shop", "ITEMS"), DatasetType = "ITEMS",
            Schema = """
                {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[{"name":"ITEM_ID","type":"string"},
                {"name":"PRICE","type":"float"},{"name":"STOCK","type":["null","int"]},{"name":"KIND","type":"string","categorical":true}]}
                """,
        };
        var config = new SolutionConfig { OptimizationObjective = new() { ItemAttribute = attribute, ObjectiveSensitivity = sensitivity } };

        Assert.Equal(fault, FaultOf(config, items));
        if (sensitivity is "OFF") return;
        Assert.Equal("there is no Items dataset", FaultOf(config, null));
        if (fault is not null) return;
        Dictionary<string, IReadOnlyList<string>> columns = new() { ["Items"] = ["PRICE"] };
        Assert.Contains("is in excludedDatasetColumns", Sentence(config with { TrainingDataConfig = new() { ExcludedDatasetColumns = columns } }, items));
        Assert.Null(Sentence(config with { TrainingDataConfig = new() { IncludedDatasetColumns = columns } }, items));
        columns["Items"] = ["KIND"];
        Assert.Contains("is not in includedDatasetColumns", Sentence(config with { TrainingDataConfig = new() { IncludedDatasetColumns = columns } }, items));
    }

    [Fact]
    public void Check_AnObjective_IsForRecipesThatHaveOne_AndComplete()
    {
        SolutionConfig Config(string? attribute) => new() { OptimizationObjective = new() { ItemAttribute = attribute, ObjectiveSensitivity = "LOW" } };
        var personal = Request() with { RecipeArn = "arn:aws:personalize:::recipe/aws-user-personalization" };

        Assert.NotNull(SolutionRequestRules.Check(personal with { SolutionConfig = Config("PRICE") }));
        Assert.Contains("needs an itemAttribute", Refusal(personal with { SolutionConfig = Config(null) }), StringComparison.Ordinal);
        Assert.Contains("aws-sims has no optimizationObjective", Refusal(Request() with { SolutionConfig = Config("PRICE") }), StringComparison.Ordinal);
    }

    private static string? Sentence(SolutionConfig config, DatasetData? items)
    {
        var faults = new Faults();
        SolutionRequestRules.CheckObjective(config, items, faults);
        return Record.Exception(faults.ThrowIfAny)?.Message;
    }

    private static string? FaultOf(SolutionConfig config, DatasetData? items) => Sentence(config, items)?.Split(", and ")[1].TrimEnd('.');

    private static CreateSolutionRequest Request() => new() { Name = "best", RecipeArn = "arn:aws:personalize:::recipe/aws-sims" };

    private static string Refusal(CreateSolutionRequest request)
    {
        var refused = Assert.Throws<RefusedException>(() => SolutionRequestRules.Check(request));
        Assert.Equal(RefusalCode.InvalidInput, refused.Code);
        return refused.Message;
    }
}
