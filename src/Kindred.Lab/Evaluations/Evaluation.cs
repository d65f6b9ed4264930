using System.Diagnostics;
using Kindred.Lab.Commands;
using Kindred.Lab.Files;
using Kindred.Lab.Trainings;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Evaluations;

/// <summary>Reads, splits, trains, measures; the popularity baseline beside it.</summary>
internal static class Evaluation
{
    private const string BaselineName = "aws-popularity-count";
    private const int LeastItems = 2;

    /// <exception cref="LabException">A file or the data does not allow it.</exception>
    public static EvaluationReport Run(EvaluationRequest request, TrainingRun run)
    {
        if (request.Protocol.NeedsItems && request.Files.Items is null)
            throw new LabException($"The protocol {request.Protocol.Name} ranks items by what is known about them; --items is missing.");
        var data = LoadedData.Read(request.Files, new Part(run, 0, 0.1), run.CancellationToken);
        if (data.Log.ItemIds.Count < LeastItems)
            throw new LabException("There is a single item, so there is nothing to rank.");
        var prepared = request.Protocol.Prepare(data.Log, request);
        var set = data.Set.With(prepared.Training);

        var baseline = Measure(RecipeChoice.Parse(BaselineName, []), set, prepared, run.Part(0.1, 0.2));
        var byItself = MeasureByItself(request, data, run.Part(0.2, 1));
        var result = byItself ?? (request.Recipe.Name == BaselineName
            ? baseline
            : Measure(request.Recipe.For(request.Protocol.Holdout), set, prepared, run.Part(0.2, 1)));
        return new EvaluationReport
        {
            Request = request,
            Data = data,
            TrainingInteractions = prepared.Training.Count,
            Result = result,
            Baseline = byItself ?? baseline,
            PeakBytes = PeakMemory.Bytes(),
            Notes = [.. data.Notes, .. prepared.Notes, .. result.Notes],
        };
    }

    private static MeasuredRecipe Measure(RecipeChoice choice, TrainingSet set, IPreparedEvaluation prepared, TrainingRun run)
    {
        using var trained = Trainer.Train(choice, set, run.Part(0, 0.8));
        var started = Stopwatch.GetTimestamp();
        var slices = prepared.Measure(trained.Model, run.Part(0.8, 1));
        return new MeasuredRecipe
        {
            Recipe = trained.Model.Recipe.Name,
            Rung = trained.Model.Rung,
            Settings = trained.Settings.Values,
            TrainingTime = trained.Duration,
            MeasuringTime = Stopwatch.GetElapsedTime(started),
            Quote = trained.Quote,
            Trials = trained.Trials,
            Slices = slices,
            Notes = trained.Notes,
        };
    }

    /// <summary>What the service reports for recipes that answer another question than what a user wants next; null of all others.</summary>
    private static MeasuredRecipe? MeasureByItself(EvaluationRequest request, LoadedData data, TrainingRun run)
    {
        if (request.Protocol is not ServiceProtocol || request.Recipe.IsAuto)
            return null;
        var started = Stopwatch.GetTimestamp();
        if (request.Recipe.Recipe.Measure(data.Set, request.Recipe.Settings, run) is not { } metrics)
            return null;
        return new MeasuredRecipe
        {
            Recipe = request.Recipe.Name,
            Rung = "its own split of the data",
            Settings = request.Recipe.Settings.Values,
            TrainingTime = TimeSpan.Zero,
            MeasuringTime = Stopwatch.GetElapsedTime(started),
            Slices =
            [
                new MeasuredSlice("metrics of this recipe", data.Log.UsersWith(1), data.Log.ItemIds.Count,
                    metrics.ToDictionary(metric => metric.Key, metric => new MetricEstimate(metric.Value, metric.Value, metric.Value))),
            ],
            Notes = ["Training and measuring are one here; this recipe's metrics are not those of popularity, so no baseline stands beside them."],
        };
    }

    private sealed class Part(TrainingRun run, double from, double to) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => run.Report(from + (to - from) * value.Fraction, value.Stage);
    }
}
