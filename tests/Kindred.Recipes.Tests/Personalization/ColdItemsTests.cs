using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Personalization;

/// <summary>What aws-hrnn-coldstart takes for cold, and what it makes of it.</summary>
public sealed class ColdItemsTests : IDisposable
{
    private const long Day = 86_400;
    private const string Recipe = "aws-hrnn-coldstart";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(100 * Day);

    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Prepare_FewInteractionsOfLate_AreColdAndComeLast()
    {
        var prepared = Prepare(Data(), ("cold_start_max_interactions", "3"), ("cold_start_max_duration", "10"));

        var log = prepared.Interactions;
        var met = log.DistinctItems();
        // 40 old items, and 20 young ones of many interactions; 110 young ones of few, 10 that nobody has met and 20 whose creation is long ago.
        Assert.Equal(80, met);
        Assert.All(log.Items.ToArray(), item => Assert.True(item < met));
        Assert.DoesNotContain(log.Items.ToArray(), item => log.ItemIds[item].StartsWith("young", StringComparison.Ordinal));
        Assert.Equal(200, log.ItemIds.Count);
        // What is known of an item went with it.
        for (var item = 0; item < log.ItemIds.Count; item++)
            Assert.Equal(log.ItemIds[item].Split('-')[0], prepared.Items!.Categories[0].Values[prepared.Items.Categories[0].Row(item)[0]]);
    }

    [Theory]
    [InlineData("latestItem", 120)]
    [InlineData("currentTime", null)]
    public void Prepare_RelativeFrom_SaysWhereDaysAreCountedFrom(string from, int? cold)
    {
        // The newest interaction is of day 60, and it is day 100.
        (string, string)[] settings = [("cold_start_max_interactions", "3"), ("cold_start_max_duration", "10"), ("cold_start_relative_from", from)];
        if (cold is { } expected) Assert.Equal(200 - expected, Prepare(Data(), settings).Interactions.DistinctItems());
        else
            Assert.Equal(
                "There are 10 cold items; 100 to 80000 are needed. Cold is an item of at most 3 interactions that is at most 10 days old "
                + "(cold_start_max_interactions, cold_start_max_duration).",
                Assert.Throws<InsufficientDataException>(() => Prepare(Data(), settings)).Message);
    }

    [Fact]
    public void Train_ColdItems_AreUnmetItemsOfTheModel_AndSaveAndUpdate()
    {
        var order = new SolutionTraining
        {
            Recipe = Models.Recipe(Recipe), Data = Data(), Seed = 1, Threads = 2, Now = Now, ArtifactPath = _temporary["model"],
            Settings = Settings(("cold_start_max_interactions", "3"), ("cold_start_max_duration", "10")),
        };

        SolutionTrainer.Train(order);
        using var model = Models.Recipe(Recipe).Open(ModelArtifact.Open(_temporary["model"]));
        SolutionTrainer.Train(order with { From = model, ArtifactPath = _temporary["next"] });
        using var updated = Models.Recipe(Recipe).Open(ModelArtifact.Open(_temporary["next"]));

        foreach (var one in new[] { model, updated })
        {
            Assert.Equal((80, 200), (one.MetItems, one.Items.Count));
            Assert.True(one.Items.TryFind("young-3", out var young) && young >= one.MetItems);
            Assert.True(one.Items.TryFind("old-3", out var old) && old < one.MetItems);
        }
    }

    private static RecipeSettings Settings(params (string Name, string Value)[] values)
    {
        var description = Models.Recipe(Recipe).Description;
        var settings = RecipeSettings.Parse(description, null, values.ToDictionary(value => value.Name, value => value.Value), out var faults);
        Assert.Empty(faults);
        return settings;
    }

    private static TrainingSet Prepare(TrainingSet data, params (string Name, string Value)[] values) =>
        Models.Recipe(Recipe).Prepare(data, Settings(values), Now);

    /// <summary>Old items of day 1 to 60, young ones of day 55, of which 20 are liked at once; and 20 that were made long ago and met of late.</summary>
    private static TrainingSet Data()
    {
        var (log, items, random) = (
            new InteractionLogBuilder(), new AttributeTableBuilder([new("KIND", AttributeKind.Category), new("CREATION_TIMESTAMP", AttributeKind.CreationTime)]),
            new Random(3));
        for (var user = 0; user < 200; user++)
        {
            for (var step = 0; step < 8; step++) log.Add($"u{user}", $"old-{(user + step) % 40}", (1 + step * 8) * Day + random.Next(1000), "View", float.NaN);
            log.Add($"u{user}", $"liked-{user % 20}", 56 * Day + user, "View", float.NaN);
            log.Add($"u{user}", $"young-{user % 110}", 55 * Day + user, "View", float.NaN);
            if (user < 20) log.Add($"u{user}", $"made-{user}", 58 * Day, "View", float.NaN);
        }
        log.Add("u0", "old-0", 60 * Day, "View", float.NaN);
        foreach (var (kind, count) in new[] { ("old", 40), ("liked", 20), ("young", 120), ("made", 20) })
        {
            for (var i = 0; i < count; i++) items.Add($"{kind}-{i}", [kind, kind == "made" ? $"{2 * Day}" : null]);
        }
        return TrainingSets.Join(log, items, users: null);
    }
}
