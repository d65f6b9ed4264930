using Kindred.Recipes.Als;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Segmentation;

/// <summary>Users by affinity to an item, or to attributes of items: iALS factors mixed with counts, as held-out interactions tell.</summary>
internal sealed class UserSegmentationRecipe(RecipeDescription description) : IRecipe
{
    public RecipeDescription Description { get; } = description;

    private bool IsByAttributes => Description.NeedsItems;

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var options = OptionsOf(settings);
        var rule = ChooseRule(data, options, run.Part(0, 0.5));
        // The checkpoint belongs to the factors of the whole data, which are the larger part of what remains.
        var scorer = SegmentScorer.Train(data, options, run.Part(0.5, 1));
        var logShares = ItemPopularity.LogShares(ItemPopularity.CountUsers(data.Interactions));
        return new UserSegmentationModel(Description, data.Interactions, logShares, scorer, rule, AttributesOf(data));
    }

    public IReadOnlyDictionary<string, double> Measure(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var split = SegmentSplit.Of(data.Interactions);
        var (training, options) = (data.With(split.Training), OptionsOf(settings));
        var rule = ChooseRule(training, options, run.Part(0, 0.5));
        var scorer = SegmentScorer.Train(training, options, run.Part(0.5, 0.9));
        run.Report(0.9, "measuring on the newest interactions of every user");
        return SegmentMetrics.Measure(scorer, rule, QueriesOf(split, data, run.Seed), split.Training.UsersWith(1), run).ToDictionary();
    }

    public ITrainedModel Open(ModelArtifact artifact) => new UserSegmentationModel(Description, artifact);

    private static AlsOptions OptionsOf(RecipeSettings settings) => new() { Dimension = settings.Integer("hidden_dimension") };

    private ItemAttributes? AttributesOf(TrainingSet data) => IsByAttributes ? ItemAttributes.Of(data.Items) : null;

    private IReadOnlyList<SegmentQuery> QueriesOf(SegmentSplit split, TrainingSet data, int seed) =>
        IsByAttributes ? SegmentQuery.OfAttributes(split, AttributesOf(data), seed) : SegmentQuery.OfItems(split, seed);

    /// <summary>The rule with the best recall on the newest interactions of every user, which the factors have not seen.</summary>
    private SegmentRule ChooseRule(TrainingSet data, AlsOptions options, TrainingRun run)
    {
        var split = SegmentSplit.Of(data.Interactions);
        var scorer = SegmentScorer.Train(data.With(split.Training), options, run.Part(0, 0.8) with { Checkpoints = null });
        run.Report(0.8, "choosing how to rank users");
        var queries = QueriesOf(split, data, run.Seed);
        var users = split.Training.UsersWith(1);
        return SegmentRule.Candidates(IsByAttributes).MaxBy(rule => SegmentMetrics.Measure(scorer, rule, queries, users, run).Recall);
    }
}
