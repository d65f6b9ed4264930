using System.Text;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Transformer;

/// <summary>What is known about users as an input: a user's town says in which aisle the user begins.</summary>
public class UserAttributesTests
{
    private const int Users = 1200;
    private static readonly InteractionLog Shop = PlantedShop.Create(Users);

    [Theory]
    [InlineData("kindred-transformer")]
    [InlineData("kindred-ensemble")]
    public void Train_TownsThatSayTheAisle_ServesSomebodyWhoHasDoneNothing(string recipe)
    {
        using var temporary = new Temporary();
        using var model = Train(recipe, Towns(tellsAisle: true));
        File.WriteAllBytes(temporary["model.kindred"], Models.Bytes(model));
        using var opened = Models.Recipe(recipe).Open(ModelArtifact.Open(temporary["model.kindred"]));

        var found = 0;
        for (var aisle = 0; aisle < PlantedShop.Aisles; aisle++)
        {
            var (scores, again) = (Score(model, $"newcomer{aisle}"), Score(opened, $"newcomer{aisle}"));
            found += Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).Take(5)
                .Count(item => PlantedShop.AisleOf(model.Items[item]) == aisle);
            Assert.Equal(scores, again);
            Assert.True(model.KnowsUser(Encoding.UTF8.GetBytes($"newcomer{aisle}")));
        }
        Assert.True(found >= 45, $"{found} of 60 items are from the aisle of the town.");
        Assert.Equal(Models.Score(model), Score(model, "stranger")); // popularity
        Assert.False(model.KnowsUser("stranger"u8));
        Assert.All(
            Score(model, "newcomer1", Models.Event(model, PlantedShop.Item(5, 2)), Models.Event(model, PlantedShop.Item(5, 3), 60)),
            score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void Train_TownsThatSayNothing_LeavesNewcomersToPopularity()
    {
        using var model = Train("kindred-transformer", Towns(tellsAisle: false));

        Assert.False(model.KnowsUser("newcomer3"u8));
        Assert.Equal(Models.Score(model), Score(model, "newcomer3"));
    }

    [Fact]
    public void Train_WithAttributes_GivesTheSameBytesForAnyThreads()
    {
        using var one = Train("kindred-transformer", Towns(tellsAisle: true), threads: 1);
        using var three = Train("kindred-transformer", Towns(tellsAisle: true), threads: 3);

        Assert.Equal(Models.Bytes(one), Models.Bytes(three));
    }

    [Fact]
    public void Update_OtherTowns_KeepsWhatWasLearnedOfTheOldOnes()
    {
        var data = Towns(tellsAisle: true);
        using var model = Train("kindred-transformer", data);
        // Half of the aisles' towns are not there any more, so the others have new codes.
        var fewer = Towns(tellsAisle: true, from: PlantedShop.Aisles / 2);

        using var updated = ((IUpdatableRecipe)Models.Recipe("kindred-transformer"))
            .Update(model, fewer, Settings("kindred-transformer"), new TrainingRun(1, 2));

        var found = 0;
        for (var aisle = PlantedShop.Aisles / 2; aisle < PlantedShop.Aisles; aisle++)
        {
            var scores = Score(updated, $"newcomer{aisle}");
            found += Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).Take(5)
                .Count(item => PlantedShop.AisleOf(updated.Items[item]) == aisle);
        }
        Assert.True(found >= 22, $"{found} of 30 items are from the aisle of the town.");
    }

    private static ITrainedModel Train(string recipe, TrainingSet data, int threads = 2) =>
        Models.Recipe(recipe).Train(data, Settings(recipe), new TrainingRun(1, threads));

    /// <summary>The ensemble with the transformer alone: a shop so small is served by others.</summary>
    private static RecipeSettings Settings(string recipe)
    {
        var description = Models.Recipe(recipe).Description;
        var others = description.HyperParameters.Select(parameter => parameter.Name)
            .Where(name => name.StartsWith("use_", StringComparison.Ordinal) && name is not ("use_transformer" or "use_time_gaps"));
        return RecipeSettings.Defaults(description).With(others.ToDictionary(name => name, _ => "false"));
    }

    private static float[] Score(ITrainedModel model, string user, params ReadOnlySpan<HistoryEvent> history)
    {
        var scores = new float[model.Items.Count];
        model.Score(new ScoreQuery { User = Encoding.UTF8.GetBytes(user), History = history }, scores);
        return scores;
    }

    private static TrainingSet Towns(bool tellsAisle, int from = 0)
    {
        var (random, towns, log) = (new Random(3), new AttributeTableBuilder([new("TOWN", AttributeKind.Category), new("AGE", AttributeKind.Number)], AttributeTableBuilder.MaxUserColumns), new InteractionLogBuilder());
        for (var user = 0; user < Shop.UserIds.Count; user++)
        {
            var first = Enumerable.Range(Shop.UserStarts[user], 2).Select(i => PlantedShop.AisleOf(Shop.ItemIds[Shop.Items[i]]))
                .First(aisle => aisle >= 0);
            if (first >= from)
                towns.Add(Shop.UserIds[user], [$"town {(tellsAisle ? first : random.Next(PlantedShop.Aisles))}", $"{random.Next(20, 70)}"]);
            for (var i = Shop.UserStarts[user]; i < Shop.UserStarts[user + 1]; i++)
                log.Add(Shop.UserIds[user], Shop.ItemIds[Shop.Items[i]], Shop.Timestamps[i], "View");
        }
        for (var aisle = from; aisle < PlantedShop.Aisles; aisle++)
            towns.Add($"newcomer{aisle}", [$"town {aisle}", null]);
        return TrainingSets.Join(log, items: null, towns);
    }
}
