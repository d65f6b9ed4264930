using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Transformer;

/// <summary>The context of the coming event as an input: the time of day decides between two halves of the catalogue.</summary>
public class ContextTests
{
    private const int Users = 500;

    [Theory]
    [InlineData("kindred-transformer", "DAYPART", "morning", "evening")]
    [InlineData("kindred-transformer", "HOUR", "8.5", "19")]
    [InlineData("kindred-ensemble", "DAYPART", "morning", "evening")]
    public void Score_ContextThatSaysTheHalf_RanksItFirst(string recipe, string column, string morning, string evening)
    {
        using var temporary = new Temporary();
        using var model = Train(recipe, DayParts.Create(Users, ["DEVICE", column]));
        File.WriteAllBytes(temporary["model.kindred"], Models.Bytes(model));
        using var opened = Models.Recipe(recipe).Open(ModelArtifact.Open(temporary["model.kindred"]));

        for (var taste = 0; taste < DayParts.Tastes; taste++)
        {
            Assert.True(MorningsOf(model, taste, DayParts.Of(column, morning)) >= 7, "The morning is for the first half.");
            Assert.True(MorningsOf(model, taste, DayParts.Of(column.ToLowerInvariant(), evening)) <= 1, "The evening is for the other half.");
            Assert.InRange(MorningsOf(model, taste, null), 2, 6);
            Assert.Equal(Score(model, taste, null), Score(model, taste, DayParts.Of(column, "never seen")));
            Assert.Equal(Score(model, taste, DayParts.Of(column, morning)), Score(opened, taste, DayParts.Of(column, morning)));
        }
        Assert.Equal(["DEVICE", column], opened.ContextColumns);
    }

    [Theory]
    [InlineData("kindred-transformer")]
    [InlineData("kindred-ensemble")]
    public void Train_ColumnsThatSayNothing_HasTheBytesOfATrainingWithoutThem(string recipe)
    {
        using var without = Train(recipe, DayParts.Create(200, []));
        using var with = Train(recipe, DayParts.Create(200, ["SHOP", "VISIT"]));

        Assert.Equal(Models.Bytes(without), Models.Bytes(with));
        Assert.Empty(with.ContextColumns);
    }

    [Fact]
    public void Train_WithContexts_GivesTheSameBytesForAnyThreads()
    {
        var log = DayParts.Create(200, ["DAYPART", "HOUR", "DEVICE"]);
        using var one = Train("kindred-transformer", log, threads: 1);
        using var three = Train("kindred-transformer", log, threads: 3);

        Assert.Equal(Models.Bytes(one), Models.Bytes(three));
    }

    [Theory]
    [InlineData("kindred-transformer")]
    [InlineData("kindred-ensemble")]
    public void Update_NewValues_KeepsWhatWasLearnedOfTheOldOnes(string recipe)
    {
        using var model = Train(recipe, DayParts.Create(Users, ["DAYPART"]));

        using var updated = Update(recipe, model, DayParts.Create(Users + 200, ["DEVICE", "DAYPART"], nightFrom: Users));
        using var forgetful = Update(recipe, model, DayParts.Create(Users + 200, ["DEVICE"]));

        Assert.Equal(["DEVICE", "DAYPART"], updated.ContextColumns);
        Assert.Equal(["DEVICE", "DAYPART"], forgetful.ContextColumns);
        for (var taste = 0; taste < DayParts.Tastes; taste++)
        {
            Assert.True(MorningsOf(updated, taste, DayParts.Morning) >= 7);
            Assert.True(MorningsOf(updated, taste, DayParts.Evening) <= 1);
            Assert.True(MorningsOf(updated, taste, DayParts.Of("DAYPART", "night")) <= 2, "The night is new, and like the evening.");
            Assert.True(MorningsOf(forgetful, taste, DayParts.Morning) >= 7, "What the newer data does not say is not forgotten.");
            Assert.True(MorningsOf(forgetful, taste, DayParts.Evening) <= 1);
        }
    }

    private static ITrainedModel Train(string recipe, InteractionLog log, int threads = 2) =>
        Models.Recipe(recipe).Train(new TrainingSet(log), Settings(recipe), new TrainingRun(1, threads));

    private static ITrainedModel Update(string recipe, ITrainedModel model, InteractionLog log) =>
        ((IUpdatableRecipe)Models.Recipe(recipe)).Update(model, new TrainingSet(log), Settings(recipe), new TrainingRun(1, 2));

    /// <summary>Of the best eight for a taste, those of the morning.</summary>
    private static int MorningsOf(ITrainedModel model, int taste, EventContext? context)
    {
        var scores = Score(model, taste, context);
        return Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).Take(8)
            .Count(item => DayParts.IsOfMorning(model.Items[item]));
    }

    private static float[] Score(ITrainedModel model, int taste, EventContext? context)
    {
        var scores = new float[model.Items.Count];
        HistoryEvent[] history =
            [.. Enumerable.Range(0, 4).Select(place => Models.Event(model, DayParts.Item(place % 2 == 0, taste, place), 60 * place))];
        model.Score(new ScoreQuery { User = "somebody"u8, History = history, Context = context }, scores);
        return scores;
    }

    /// <summary>The ensemble with the transformer alone, which is the member that looks at contexts.</summary>
    private static RecipeSettings Settings(string recipe)
    {
        var description = Models.Recipe(recipe).Description;
        var others = description.HyperParameters.Select(parameter => parameter.Name)
            .Where(name => name.StartsWith("use_", StringComparison.Ordinal) && name is not ("use_transformer" or "use_time_gaps"));
        return RecipeSettings.Defaults(description).With(others.ToDictionary(name => name, _ => "false"));
    }
}
