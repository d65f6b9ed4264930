using System.Diagnostics;
using Kindred.Lab.Commands;
using Kindred.Lab.Files;
using Kindred.Recipes;
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

        var baseline = RecipeChoice.Parse(BaselineName, []);
        var measuredBaseline = Measure(baseline, set, prepared, run.Part(0.1, 0.2), out var baselineNotes);
        IReadOnlyList<string> notes = [];
        var result = request.Recipe.Name == BaselineName ? measuredBaseline : Measure(request.Recipe, set, prepared, run.Part(0.2, 1), out notes);
        return new EvaluationReport
        {
            Request = request,
            Data = data,
            TrainingInteractions = prepared.Training.Count,
            Result = result,
            Baseline = measuredBaseline,
            PeakBytes = PeakMemory.Bytes(),
            Notes = [.. data.Notes, .. prepared.Notes, .. baselineNotes, .. notes],
        };
    }

    private static MeasuredRecipe Measure(
        RecipeChoice choice, TrainingSet set, IPreparedEvaluation prepared, TrainingRun run, out IReadOnlyList<string> notes)
    {
        var started = Stopwatch.GetTimestamp();
        using var model = RobustTraining.Train(choice, set, run.Part(0, 0.8), out notes);
        var trained = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        var slices = prepared.Measure(model, run.Part(0.8, 1));
        return new MeasuredRecipe(model.Recipe.Name, model.Rung, trained, Stopwatch.GetElapsedTime(started), slices);
    }

    private sealed class Part(TrainingRun run, double from, double to) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => run.Report(from + (to - from) * value.Fraction, value.Stage);
    }
}
