using System.Diagnostics;
using Kindred.Files;
using Kindred.Lab.Commands;
using Kindred.Lab.Files;
using Kindred.Recipes.Checkpoints;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Trainings;

/// <summary>
/// Trains a model into a file. A recipe that has a quick rung publishes it first, so that there is a usable model within seconds; the
/// full one takes its place. What a killed training has learned lies beside the output, and the same command goes on from it.
/// </summary>
internal static class Training
{
    private const double ReadShare = 0.1;
    private const double QuickShare = 0.2;

    /// <param name="request">What to train.</param>
    /// <param name="tell">Hears at once what people want to know before the end.</param>
    /// <param name="run">Threads, progress and cancellation.</param>
    public static ModelReport Run(TrainingRequest request, Action<string> tell, TrainingRun run)
    {
        ThrowIfNotWritable(request.Output);
        using var from = request.From is { } path ? ModelFile.Open(path) : null;
        var data = LoadedData.Read(request.Files, new Part(run, 0, ReadShare), run.CancellationToken, from);
        // The model that is updated serves meanwhile.
        var first = from is null ? TrainQuick(request, data, tell, run.Part(ReadShare, QuickShare)) : null;
        var isDone = first is not null && !request.Recipe.IsAuto && request.Recipe.Recipe.Efforts.Count == 1;

        var checkpoints = new CheckpointFolder(request.Output + ".checkpoints");
        using var trained = isDone
            ? null
            : Trainer.Train(request.Recipe, data.Set, run.Part(QuickShare, 0.98) with { Checkpoints = checkpoints }, from?.Model);
        var bytes = trained is null ? first!.Bytes : ModelFile.Publish(request.Output, trained.Model, data.Log, run.CancellationToken);
        checkpoints.Delete();
        run.Report(1, "done");
        var elapsed = SinceStart();
        return new ModelReport
        {
            Request = request,
            Data = data,
            Recipe = trained?.Model.Recipe.Name ?? first!.Recipe,
            Rung = trained?.Model.Rung ?? first!.Rung,
            Settings = trained?.Settings.Values ?? first!.Settings,
            FirstModelAfter = first?.After ?? elapsed,
            FirstRung = first?.Rung ?? trained!.Model.Rung,
            TrainingTime = trained?.Duration ?? first!.Duration,
            Quote = trained is null ? first!.Quote : trained.Quote,
            Elapsed = elapsed,
            Trials = trained?.Trials ?? [],
            ModelBytes = bytes,
            PeakBytes = PeakMemory.Bytes(),
            Notes = [.. data.Notes, .. trained?.Notes ?? first!.Notes],
        };
    }

    private static FirstModel? TrainQuick(TrainingRequest request, LoadedData data, Action<string> tell, TrainingRun run)
    {
        // What auto will choose is not known yet; the default recipe's quick rung serves until it has.
        var choice = request.Recipe.IsAuto ? RecipeChoice.Parse(RecipeChoice.Default, []) : request.Recipe;
        if (!choice.Recipe.Efforts.Contains(TrainingEffort.Quick) || choice.Budget is not null)
            return null;
        using var trained = Trainer.Train(choice, data.Set, run with { Effort = TrainingEffort.Quick });
        var bytes = ModelFile.Publish(request.Output, trained.Model, data.Log, run.CancellationToken);
        var after = SinceStart();
        tell(FormattableString.Invariant($"first usable model after {after.TotalSeconds:F1} s: {trained.Model.Rung}"));
        return new FirstModel(
            trained.Model.Recipe.Name,
            trained.Model.Rung,
            trained.Settings.Values,
            after,
            trained.Duration,
            trained.Quote,
            bytes,
            trained.Notes);
    }

    private static void ThrowIfNotWritable(string output)
    {
        if (Directory.Exists(output))
            throw new LabException($"The output '{output}' is a folder; the name of a file was expected.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(output))!;
        if (!Directory.Exists(folder))
            throw new LabException($"There is no folder '{folder}' to write the model into.");
        var probe = DurableFile.TemporaryPathFor(output);
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"The folder '{folder}' cannot be written to: {e.Message}", e);
        }
    }

    private static TimeSpan SinceStart()
    {
        using var process = Process.GetCurrentProcess();
        return DateTime.Now - process.StartTime;
    }

    private sealed record FirstModel(
        string Recipe, string Rung, IReadOnlyDictionary<string, string> Settings, TimeSpan After, TimeSpan Duration,
        TrainingQuote? Quote, long Bytes, IReadOnlyList<string> Notes);

    private sealed class Part(TrainingRun run, double from, double to) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => run.Report(from + (to - from) * value.Fraction, value.Stage);
    }
}
