using System.CommandLine;
using Kindred.Lab.Consoles;
using Kindred.Lab.Trainings;
using Kindred.Recipes;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Commands;

/// <summary><c>train</c>: learns from files and writes a model.</summary>
internal static class TrainCommand
{
    private const double Megabyte = 1 << 20;

    public static Command Create()
    {
        var options = new CommonOptions();
        var output = CommonOptions.Text("--output", "file", "where the model is written, e.g. model.kindred");
        var from = CommonOptions.Text(
            "--from",
            "file",
            "a model to update with the events of --interactions, for a fraction of a training; its recipe is the model's");
        var command = new Command("train", "Trains a model and writes it to a file; a simpler one is there within seconds where the recipe has one.")
        {
            options.Interactions, options.Items, options.Users, options.Recipe, options.Set, options.Budget, from, output,
            options.Seed, options.Threads, options.Json,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            new TrainingRequest
            {
                Files = options.FilesOf(parsed),
                Recipe = parsed.GetValue(from) is { } path ? UpdatedOf(path, parsed, options) : options.RecipeOf(parsed),
                From = parsed.GetValue(from),
                Output = CommonOptions.Require(parsed, output),
                Seed = options.SeedOf(parsed),
                Threads = options.ThreadsOf(parsed),
            },
            parsed.GetValue(options.Json), cancellationToken)));
        return command;
    }

    /// <summary>The recipe of the model to be updated, which the command line may name as well but not change.</summary>
    private static RecipeChoice UpdatedOf(string path, ParseResult parsed, CommonOptions options)
    {
        if (parsed.GetValue(options.Budget) is not null)
            throw new UsageException("--budget searches what to train; --from goes on with what was found.");
        var recipe = ModelFile.RecipeOf(path);
        if (parsed.GetValue(options.Recipe) is { } named && named != recipe.Description.Name)
            throw new LabException(
                $"'{path}' is a model of {recipe.Description.Name}, which cannot become one of {named}; leave --recipe out, "
                + "or train without --from.");
        return recipe is IUpdatableRecipe
            ? RecipeChoice.Parse(recipe.Description.Name, parsed.GetValue(options.Set) ?? [])
            : throw new LabException(
                $"A model of {recipe.Description.Name} cannot be updated: it is counted anew from all the data, "
                + "which train without --from does.");
    }

    private static int Run(TrainingRequest request, bool asJson, CancellationToken cancellationToken)
    {
        var report = ProgressDisplay.Run("train", (progress, tell) =>
            Training.Run(request, tell, new TrainingRun(request.Seed, request.Threads, progress, cancellationToken)));
        if (asJson)
            JsonOutput.Write(json => Write(report, json));
        else
            Write(report, Console.Out);
        return LabExitCodes.Done;
    }

    private static void Write(ModelReport report, TextWriter writer)
    {
        void Line(FormattableString text) => writer.WriteLine(FormattableString.Invariant(text));

        var log = report.Data.Log;
        var reading = FormattableString.Invariant($"read in {report.Data.Duration.TotalSeconds:F1} s");
        Line($"data       {log.Count:N0} interactions, {log.UsersWith(1):N0} users, {log.ItemIds.Count:N0} items, {reading}");
        Line($"habit      {report.Data.Habit}");
        Line($"recipe     {report.Recipe}, served by {report.Rung}{(report.Request.From is { } from ? $"; updated from {from}" : "")}");
        Line($"first      usable model after {report.FirstModelAfter.TotalSeconds:F1} s: {report.FirstRung}");
        var quote = report.Quote is { } quoted ? FormattableString.Invariant($" ({quoted.Duration.TotalSeconds:F1} s quoted)") : "";
        var run = $"{report.Request.Threads} threads, seed {report.Request.Seed}";
        Line($"training   {report.TrainingTime.TotalSeconds:F1} s{quote}, {run}; {report.Elapsed.TotalSeconds:F1} s in all");
        var memory = report.Quote is { } bytes ? FormattableString.Invariant($", {bytes.PeakBytes / Megabyte:N0} MB quoted") : "";
        Line($"memory     {report.PeakBytes / Megabyte:N0} MB at the peak{memory}");
        foreach (var trial in report.Trials)
        {
            var score = trial.Score is { } ndcg ? FormattableString.Invariant($"NDCG@10 {ndcg:F4}") : "stopped";
            Line($"tried      {trial.Recipe}: {score}, {trial.Duration.TotalSeconds:F1} s");
        }
        foreach (var note in report.Notes)
            Line($"note       {note}");
        Line($"model      {report.Request.Output}, {report.ModelBytes / Megabyte:F1} MB");
    }

    private static void Write(ModelReport report, System.Text.Json.Utf8JsonWriter json)
    {
        json.WriteString("command", "train");
        json.WriteString("recipe", report.Recipe);
        json.WriteString("rung", report.Rung);
        if (report.Request.From is { } from)
            json.WriteString("from", from);
        json.WriteSettings(report.Settings);
        json.WriteNumber("seed", report.Request.Seed);
        json.WriteNumber("threads", report.Request.Threads);
        json.WriteNumber("interactions", report.Data.Log.Count);
        json.WriteNumber("users", report.Data.Log.UsersWith(1));
        json.WriteNumber("items", report.Data.Log.ItemIds.Count);
        json.WriteHabit(report.Data.Habit);
        json.WriteSeconds("reading_seconds", report.Data.Duration);
        json.WriteSeconds("first_model_seconds", report.FirstModelAfter);
        json.WriteString("first_rung", report.FirstRung);
        json.WriteSeconds("training_seconds", report.TrainingTime);
        if (report.Quote is { } quote)
        {
            json.WriteSeconds("quoted_seconds", quote.Duration);
            json.WriteNumber("quoted_peak_bytes", quote.PeakBytes);
        }
        json.WriteSeconds("seconds", report.Elapsed);
        json.WriteNumber("peak_bytes", report.PeakBytes);
        json.WriteString("model", report.Request.Output);
        json.WriteNumber("model_bytes", report.ModelBytes);
        json.WriteTexts("notes", report.Notes);
    }
}
