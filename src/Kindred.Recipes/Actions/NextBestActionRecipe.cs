using Kindred.Files;
using Kindred.Recipes.Als;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Actions;

/// <summary>How likely each user is to take each action: boosted trees over what both have done, calibrated on the newest episodes.</summary>
internal sealed class NextBestActionRecipe(RecipeDescription description) : IRecipe
{
    private const double TestShare = 0.2;
    private static readonly AlsOptions Factors = new() { Dimension = 16, Epochs = 8, UnobservedWeight = 0.1, Regularization = 0.01 };

    public RecipeDescription Description { get; } = description;

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var (log, actions) = (data.Interactions, ActionsOf(data));
        var parts = Prepare(data, actions, settings, long.MaxValue, run);
        var count = parts.Examples.Count;
        var propensity = Propensity.Train(parts.Examples, count, actions.Ids.Count, run.Part(0.5, 1));
        var scorer = new ActionScorer(
            parts.Factors, parts.Tastes, parts.Features, propensity,
            ActionEligibility.Of(actions), parts.Examples.CountsUntil(count, actions.Ids.Count));
        run.Report(1, "done");
        return new NextBestActionModel(
            Description, log, ItemPopularity.LogShares(ItemPopularity.CountUsers(log)), actions.Ids, actions.Values, scorer);
    }

    /// <remarks>The newest fifth of the episodes tests; the newest fifth of the others calibrates.</remarks>
    public IReadOnlyDictionary<string, double> Measure(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var actions = ActionsOf(data);
        var times = actions.Interactions.Select(interaction => interaction.Timestamp).Order().ToArray();
        var cut = times.Length == 0 ? long.MaxValue : times[Math.Min(times.Length - 1, (int)((1 - TestShare) * times.Length))];
        var parts = Prepare(data, actions, settings, cut, run);
        var from = Enumerable.Range(0, parts.Examples.Count).TakeWhile(i => parts.Examples.TimeOf(i) < cut).Count();
        var propensity = Propensity.Train(parts.Examples, from, actions.Ids.Count, run.Part(0.5, 0.95));
        run.Report(0.95, "measuring on the newest episodes");
        return ActionMetrics.Measure(
            parts.Examples, from, propensity, parts.Examples.CountsUntil(from, actions.Ids.Count), ActionEligibility.Of(actions), run);
    }

    public ITrainedModel Open(ModelArtifact artifact) => new NextBestActionModel(Description, artifact);

    private static ActionSet ActionsOf(TrainingSet data)
    {
        var actions = data.Actions ?? new ActionSet(IdTable.Empty, []);
        actions.ThrowIfInvalid(data.Interactions.UserIds.Count);
        return actions;
    }

    /// <summary>Everything up to the trees. Factors and tastes know nothing from <paramref name="until"/> on.</summary>
    private static (AlsFactors Factors, ActionTastes Tastes, ActionFeatures Features, ActionExamples Examples) Prepare(
        TrainingSet data, ActionSet actions, RecipeSettings settings, long until, TrainingRun run)
    {
        var log = data.Interactions;
        var keep = new bool[log.Count];
        for (var i = 0; i < keep.Length; i++)
            keep[i] = log.Timestamps[i] < until;
        var factors = AlsFactors.Train(data.With(log.Where(keep)), Factors, run.Part(0, 0.3));
        run.Report(0.3, "collecting episodes");
        var tastes = ActionTastes.Of(actions, log, factors, until);
        var features = new ActionFeatures(SplitFeatures.Of(actions.Attributes), SplitFeatures.Of(data.Users));
        var period = TimeSpan.FromDays(settings.Integer("action_optimization_period"));
        return (factors, tastes, features, ActionExamples.Build(actions, log, features, tastes, factors, period, run));
    }
}
