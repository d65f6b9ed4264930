using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kindred.Bench.Reports;
using Kindred.Bench.Training;
using Kindred.Recipes;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Bench.Serving;

/// <summary>What one user costs a model of user personalisation, in all and member by member: from a history to the scores of all items.</summary>
internal static class ScoreBenchmark
{
    public const string Usage =
        "Kindred.Bench score --model FILE.kindred --interactions FILE.csv[.gz] [--users 300] [--rounds 5] [--scores FILE] [--report FILE.md]";

    public static int Run(string[] options)
    {
        if (Options.Find(options, "--model") is not { } file || Options.Find(options, "--interactions") is not { } interactions)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }
        int Number(string name, string otherwise) => int.Parse(Options.Find(options, name) ?? otherwise, CultureInfo.InvariantCulture);
        using var artifact = ModelArtifact.Open(file);
        using var model = RecipeCatalog.Implementation(artifact.Recipe)!.Open(artifact);
        var histories = Histories(model, InteractionFile.Read(interactions), Number("--users", "300"));
        var report = Measure(artifact, (PersonalizationModel)model, histories, Number("--rounds", "5"));
        Console.Write(report);
        if (Options.Find(options, "--report") is { } target)
            File.WriteAllText(target, report);
        return Options.Find(options, "--scores") is { } scores ? ScoreFile.WriteOrCompare(scores, model, histories) : 0;
    }

    private static string Measure(ModelArtifact artifact, PersonalizationModel model, HistoryEvent[][] histories, int rounds)
    {
        var text = new StringBuilder();
        text.AppendLine("# score: microseconds from one user's history to the scores of all items").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Machine.Describe()}. One thread.");
        text.AppendLine(CultureInfo.InvariantCulture, $"{model.Recipe.Name}: {model.Rung}; {model.Items.Count:N0} items, {artifact.SizeBytes >> 20} MiB.");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{histories.Length} users of {histories.Average(history => history.Length):F0} events on average, {rounds} rounds after one that compiles.").AppendLine();
        text.AppendLine("| | p50 | p99 | mean of CPU | bytes allocated |").AppendLine("|---|---|---|---|---|");
        var scores = new float[model.Items.Count];
        using (artifact.Lease())
        {
            var (scratch, place) = (new SignalScratch(scores.Length), 0);
            foreach (var (kind, part) in model.Ensemble.Parts)
            {
                var weights = model.Blend.Signals.AsMemory(place, part.Signals.Count);
                place += part.Signals.Count;
                Row(text, kind.Name, histories.Length, rounds, user =>
                {
                    var view = new HistoryView(new ScoreQuery { History = histories[user] }, scores.Length, stackalloc int[HistoryView.MaxSteps]);
                    part.Add(view, weights.Span, scratch, scores);
                });
            }
        }
        Row(text, "all of the model", histories.Length, rounds, user => model.Score(new ScoreQuery { History = histories[user] }, scores));
        Row(text, "with the softmax's normaliser", histories.Length, rounds, user =>
            model.Score(new ScoreQuery { History = histories[user] }, scores).LogSumOver(scores));
        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, int users, int rounds, Action<int> score)
    {
        for (var warm = 0; warm < 2 * users; warm++)
            score(warm % users);
        Thread.Sleep(200); // what became hot is compiled again beside
        for (var user = 0; user < users; user++)
            score(user);
        var microseconds = new double[rounds * users];
        var (cpu, bytes) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
        for (var call = 0; call < microseconds.Length; call++)
        {
            var started = Stopwatch.GetTimestamp();
            score(call % users);
            microseconds[call] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }
        var (mean, each) = (
            (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / microseconds.Length, (GC.GetAllocatedBytesForCurrentThread() - bytes) / microseconds.Length);
        Array.Sort(microseconds);
        var (half, most) = (microseconds[microseconds.Length / 2], microseconds[(int)(microseconds.Length * 0.99)]);
        text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {half:F0} | {most:F0} | {mean:F0} | {each:N0} |");
    }

    /// <summary>Every n-th user's events with items that the model knows.</summary>
    private static HistoryEvent[][] Histories(ITrainedModel model, InteractionLog log, int users)
    {
        var step = Math.Max(1, log.UserIds.Count / users);
        return [.. Enumerable.Range(0, log.UserIds.Count).Where(user => user % step == 0).Select(user =>
        {
            var history = new HistoryEvent[log.InteractionsOf(user)];
            log.CopyHistory(log.UserStarts[user], history);
            return history.Select(e => e with { Item = model.Items.TryFind(log.ItemIds[e.Item], out var item) ? item : -1, EventType = 0 })
                .Where(e => e.Item >= 0).ToArray();
        })];
    }
}
