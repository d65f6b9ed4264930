using System.Diagnostics;
using Kindred.Files;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Popularity;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Training;

/// <summary>
/// Trains a solution version: checks the data, searches what is to be searched, measures on users that took no part in training, extends
/// the measured model to everything, publishes the artifact. With checkpoints, each of these steps is done once, however often the
/// process dies; the artifact is the same.
/// </summary>
public static class SolutionTrainer
{
    /// <exception cref="InsufficientDataException">Too little data counts; the message is the failure reason.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled; no artifact was published.</exception>
    public static TrainingReport Train(SolutionTraining training)
    {
        var started = Stopwatch.GetTimestamp();
        var run = new TrainingRun(training.Seed, training.Threads, training.Progress, training.CancellationToken)
        {
            Effort = training.Effort,
            Checkpoints = training.Checkpoints,
        };
        run.Report(0, "selecting events");
        var log = training.Data.Interactions.Select(training.Events);
        MinimumData.ThrowIfTooLittle(log, training.Events);
        MinimumData.ThrowIfWithoutItems(training.Data, training.Recipe?.Description);
        MinimumData.ThrowIfWithoutActions(training.Data, training.Recipe?.Description);

        var data = training.Data.With(log);
        if (training is { Recipe: { } prepares, Settings: { } given })
        {
            data = prepares.Prepare(data, given, training.Now);
            log = data.Interactions;
        }
        var checkpoint = MeasuredCheckpoint.For(training, log);
        var isSearched = training.Search is not null;
        var learns = training.Effort is TrainingEffort.Full && (isSearched || training.Recipe!.Efforts.Contains(TrainingEffort.Full));
        // What is learned once and then extended leaves less for the end than what is counted twice.
        var measuredAt = learns ? 0.8 : 0.5;
        using var measured = checkpoint?.TryOpen() ?? Measure(training, data, checkpoint, run.Part(0.01, measuredAt));

        var (recipe, settings) = (measured.Recipe, measured.Settings);
        var rest = run.Part(measuredAt, 0.95) with { Checkpoints = run.Checkpoints?.Part("everything") };
        rest.Report(0, "training on everything");
        if (!learns)
            measured.Model?.Dispose(); // not needed, and memory is
        using var model = learns && measured.Model is { } most ? recipe.Extend(most, data, settings, rest) : recipe.Train(data, settings, rest);
        run.Report(0.95, "writing the model");
        var bytes = DurableFile.WriteAllAtomic(training.ArtifactPath, model.Save, run.CancellationToken);
        run.Report(1, "done");
        return new TrainingReport
        {
            Recipe = recipe.Description.Name,
            Settings = settings,
            Estimates = measured.Metrics,
            Popularity = measured.Popularity,
            Users = log.UsersWith(1),
            Items = log.DistinctItems(),
            Interactions = log.Count,
            Habit = DataHabit.Of(log),
            Rung = model.Rung,
            ArtifactBytes = bytes,
            Duration = measured.Before + Stopwatch.GetElapsedTime(started),
            Quote = TrainingQuotes.Of(recipe, settings, DataShape.Of(data), training.Effort, training.Threads),
        };
    }

    private static MeasuredModel Measure(SolutionTraining training, TrainingSet data, MeasuredCheckpoint? checkpoint, TrainingRun run)
    {
        var started = Stopwatch.GetTimestamp();
        if (training is { Recipe: { } own, Search: null } && own.Measure(data, training.Settings!, run) is { } metricsOfItsOwn)
            return new MeasuredModel(own, training.Settings!, null, WithoutIntervals(metricsOfItsOwn), TimeSpan.Zero);
        var split = UserSplit.Of(data.Interactions, training.Seed);
        var most = data.With(split.Training);
        var (recipe, settings, model) = TrainOn(most, training, run.Part(0, 0.95) with { Checkpoints = run.Checkpoints?.Part("measured") });
        try
        {
            run.Report(0.95, "measuring on held-out users");
            var metrics = recipe.Measure(data, settings, run.Part(0.95, 1)) is { } ofItsOwn ? WithoutIntervals(ofItsOwn)
                : ServiceMetrics.Estimate(model, split, training.Events.HasWeights, run, settings.Objective?.ValuesOf(data));
            var measured = new MeasuredModel(recipe, settings, model, metrics, TimeSpan.Zero)
            {
                Popularity = recipe.Description.RecipeType is RecipeTypes.UserPersonalization
                    ? MeasurePopularity(recipe.Description, most, split, training.Events.HasWeights, run) : null,
            };
            checkpoint?.Save(measured with { Before = Stopwatch.GetElapsedTime(started) }, run.CancellationToken);
            return measured;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The line to beat: what most users like, shown to the same users by the same rules. There are 10,000 of them at most.</summary>
    private static IReadOnlyDictionary<string, MetricEstimate> MeasurePopularity(
        RecipeDescription description, TrainingSet data, UserSplit split, bool withEventWeights, TrainingRun run)
    {
        using var popular = new PopularityRecipe(description).Train(data, RecipeSettings.Defaults(description), run with { Progress = null });
        return ServiceMetrics.Estimate(popular, split, withEventWeights, run);
    }

    private static Dictionary<string, MetricEstimate> WithoutIntervals(IReadOnlyDictionary<string, double> metrics) =>
        metrics.ToDictionary(metric => metric.Key, metric => new MetricEstimate(metric.Value, metric.Value, metric.Value));

    /// <summary>Searches, if that was ordered, and trains. Users to be measured on take no part in either.</summary>
    private static (IRecipe Recipe, RecipeSettings Settings, ITrainedModel Model) TrainOn(
        TrainingSet data, SolutionTraining training, TrainingRun run)
    {
        if (training.Recipe is not { } recipe)
        {
            var result = AutoMl.Train(data, training.Search!.Limits, run, training.Search.Candidates);
            return (result.Choice.Recipe, result.Choice.Settings, result.Model);
        }
        var (settings, searched) = (training.Settings!, 0.0);
        if (training.Search is { Space: { } space } search)
        {
            searched = 0.7;
            settings = HyperParameterSearch.Find(recipe, settings, space, data, search.Limits, run.Part(0, searched)).Settings;
        }
        run = run.Part(searched, 1);
        var model = training.From is { } from
            ? ((IUpdatableRecipe)recipe).Update(from, data, settings, run)
            : recipe.Train(data, settings, run);
        return (recipe, settings, model);
    }
}
