using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Next-item recommendation by a blend of members in log-probability space, chosen on held-out users of the same data; see
/// docs/recipes/kindred-ensemble.md. Serves user personalisation and personalised ranking.
/// </summary>
internal sealed class PersonalizationRecipe(RecipeDescription description) : IUpdatableRecipe
{
    public RecipeDescription Description { get; } = description;

    public IReadOnlyList<TrainingEffort> Efforts { get; } = [TrainingEffort.Quick, TrainingEffort.Full];

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        run.Report(0, "holding out validation users");
        var options = EnsembleOptions.Of(Description, settings);
        var filtered = data.With(HistoryLengths.Filter(data.Interactions, settings));
        var slice = ValidationSlice.Of(
            filtered.Interactions, options.Holdout, withRepeats: true, run.Seed, ValidationSlice.UsersFor(filtered.Interactions.Count));
        var kinds = EnsembleTraining.Eligible(filtered, options, run.Effort);
        var members = EnsembleTraining.Train(filtered.With(slice.Training), kinds, options, run.Part(0.01, 0.7));
        var (chosen, blend, repeats, reranker) = Choose(members, slice, options, run.Part(0.7, 0.85));
        var final = EnsembleTraining.Train(filtered, [.. chosen.Parts.Select(part => part.Kind)], options, run.Part(0.85, 0.97), chosen);
        var unmetItems = UnmetItemsOf(filtered, final, options, run.Part(0.97, 1));
        run.Report(1, "done");
        return new PersonalizationModel(
            Description, data.Interactions, final, blend, Recounted(repeats, filtered), reranker, unmetItems)
        {
            Objective = settings.Objective?.AdditionsOf(data),
        };
    }

    /// <summary>
    /// The weights, the re-ranker and what is expensive to learn are those of the measured model; what is counted is counted again.
    /// </summary>
    public ITrainedModel Extend(ITrainedModel measured, TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        if (measured is not PersonalizationModel model || model.Ensemble.Parts.Count == 0)
            return Train(data, settings, run);
        var filtered = data.With(HistoryLengths.Filter(data.Interactions, settings));
        var kinds = model.Ensemble.Parts.Select(part => part.Kind).ToList();
        var options = EnsembleOptions.Of(Description, settings);
        var final = EnsembleTraining.Train(filtered, kinds, options, run.Part(0, 0.97), model.Ensemble);
        return final.Signals.Count == model.Ensemble.Signals.Count
            ? new PersonalizationModel(
                Description, data.Interactions, final, model.Blend, Recounted(model.Repeats, filtered), model.Reranker,
                UnmetItemsOf(filtered, final, options, run.Part(0.97, 1)))
            {
                Objective = settings.Objective?.AdditionsOf(data),
            }
            : Train(data, settings, run);
    }

    /// <summary>The members, their weights and the re-ranker stay; the transformer learns on, and what is counted is counted again.</summary>
    public ITrainedModel Update(ITrainedModel serving, TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        run.Report(0, "taking over the model");
        var model = (PersonalizationModel)serving;
        var filtered = data.With(HistoryLengths.Filter(data.Interactions, settings));
        var kinds = model.Ensemble.Parts.Select(part => part.Kind).ToList();
        var options = EnsembleOptions.Of(Description, settings);
        var final = EnsembleTraining.Train(filtered, kinds, options, run.Part(0, 0.97), model.Ensemble, CodeMap.Between(model, data.Interactions));
        if (kinds.Find(kind => final.Parts.All(part => part.Kind != kind)) is { } missing)
            throw new InsufficientDataException($"The model to be updated has the member {missing.Name}, "
                + "which finds nothing to learn from in the data of the update; its dataset is missing.");
        var unmetItems = UnmetItemsOf(filtered, final, options, run.Part(0.97, 1));
        run.Report(1, "done");
        return new PersonalizationModel(
            Description, data.Interactions, final, model.Blend, Recounted(model.Repeats, filtered),
            model.Reranker?.Over(filtered.Interactions), unmetItems)
        {
            Objective = settings.Objective?.AdditionsOf(data),
        };
    }

    public ITrainedModel Open(ModelArtifact artifact) => new PersonalizationModel(Description, artifact);

    /// <summary>What is counted is counted again, with the weights that were fitted.</summary>
    private static RepeatBlend Recounted(RepeatBlend repeats, TrainingSet data) =>
        repeats with { Habit = RepeatHabit.Count(data.Interactions, repeats.Habit.IsOfBaskets) };

    private static UnmetItems? UnmetItemsOf(TrainingSet data, Ensemble ensemble, EnsembleOptions options, TrainingRun run) =>
        run.Effort is TrainingEffort.Full && !ensemble.KnowsContent && !options.Without.Contains("content") ? UnmetItems.Train(data, run) : null;

    private static (Ensemble Members, Blend Blend, RepeatBlend Repeats, Reranker? Reranker) Choose(
        Ensemble members, ValidationSlice slice, EnsembleOptions options, TrainingRun run)
    {
        run.Report(0, "scoring validation users");
        var pool = CandidatePool.Build(members, slice, run);
        run.Report(0.4, "choosing the blend");
        var blend = BlendSearch.Find(pool, members, signal => options.UsesRecency || !signal.IsRecency, run);
        var (chosen, signals) = members.Of(blend);
        (blend, pool) = (blend.Of(signals), pool.Of(signals));
        var reranker = run.Effort is TrainingEffort.Full && options.UsesTrees ? Reranker.Fit(pool, slice, blend, run.Part(0.5, 0.9)) : null;
        run.Report(0.9, "counting repeats");
        return (chosen, blend, RepeatFit.Fit(chosen, blend, slice, RepeatHabit.Count(slice.Training, slice.IsOfBaskets), run), reranker);
    }
}
