using System.Diagnostics;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Training;

/// <summary>Trains a solution version: checks the data, measures the recipe on held-out users, trains on everything, publishes the artifact.</summary>
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

        var metrics = Measure(training, log, run);
        using var model = training.Recipe.Train(training.Data.With(log), training.Settings, run.Part(0.5, 0.95));
        run.Report(0.95, "writing the model");
        var bytes = ArtifactFile.Publish(training.ArtifactPath, model.Save, run.CancellationToken);
        run.Report(1, "done");
        return new TrainingReport
        {
            Metrics = metrics,
            Users = log.UsersWith(1),
            Items = log.DistinctItems(),
            Interactions = log.Count,
            Rung = model.Rung,
            ArtifactBytes = bytes,
            Duration = Stopwatch.GetElapsedTime(started),
        };
    }

    private static IReadOnlyDictionary<string, double> Measure(SolutionTraining training, InteractionLog log, TrainingRun run)
    {
        var split = UserSplit.Of(log, training.Seed);
        using var model = training.Recipe.Train(training.Data.With(split.Training), training.Settings, run.Part(0.01, 0.45));
        run.Report(0.45, "measuring on held-out users");
        return ServiceMetrics.Measure(model, split, training.Events.HasWeights, run);
    }
}
