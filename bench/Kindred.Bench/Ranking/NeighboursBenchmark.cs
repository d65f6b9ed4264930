using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kindred.Bench.Reports;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

namespace Kindred.Bench.Ranking;

/// <summary>Item-kNN over synthetic interactions: collecting them, building the log and training, with the peak of the whole process.</summary>
internal static class NeighboursBenchmark
{
    private const int UsersPerMillion = 10_000;

    public static int Run(string[] options)
    {
        var interactions = int.Parse(Options.Find(options, "--interactions") ?? "20000000", CultureInfo.InvariantCulture);
        var items = int.Parse(Options.Find(options, "--items") ?? "20000", CultureInfo.InvariantCulture);
        var recipe = RecipeCatalog.Implementation(Options.Find(options, "--recipe") ?? "kindred-item-knn")
            ?? throw new ArgumentException($"There is no recipe '{Options.Find(options, "--recipe")}'.");
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# neighbours: {recipe.Description.Name} over {interactions:N0} interactions").AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Machine.Describe()}. {interactions / 1_000_000.0 * UsersPerMillion:N0} users, "
            + $"{items:N0} items, 2 threads.")
            .AppendLine();
        text.AppendLine("| | wall s | CPU s | peak of the process MB |").AppendLine("|---|---|---|---|");
        InteractionLogBuilder? builder = null;
        InteractionLog? log = null;
        Step(text, "collect", () => builder = Collect(interactions, items));
        Step(text, "build the log", () => log = builder!.Build());
        builder = null;
        Step(text, "train", () => recipe.Train(new TrainingSet(log!), RecipeSettings.Defaults(recipe.Description), new TrainingRun(1, 2)).Dispose());
        Console.Write(text);
        if (Options.Find(options, "--report") is { } file)
            File.WriteAllText(file, text.ToString());
        return 0;
    }

    private static void Step(StringBuilder text, string name, Action action)
    {
        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        action();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| {name} | {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} | {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F1} | "
            + $"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20} |");
    }

    /// <summary>In order of time, users in turn: lengths of histories are log-normal, popularity falls with the 2/3 power of the rank.</summary>
    private static InteractionLogBuilder Collect(int interactions, int items)
    {
        var random = new Random(1);
        var builder = new InteractionLogBuilder();
        var users = (int)(interactions / 1_000_000.0 * UsersPerMillion);
        for (var user = 0; user < users; user++)
            builder.InternUser($"u{user}");
        for (var item = 0; item < items; item++)
            builder.InternItem($"i{item}");
        double Weight() => Math.Exp(0.53 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        double[] weights = [.. Enumerable.Range(0, users).Select(_ => Weight())];
        var (turns, total, sum, next) = (new int[20 * users], weights.Sum(), 0.0, 0);
        for (var turn = 0; turn < turns.Length; turn++)
        {
            while (next < users - 1 && sum + weights[next] < total * turn / turns.Length)
                sum += weights[next++];
            turns[turn] = next;
        }
        for (var i = 0; i < interactions; i++)
            builder.AddCoded(
                turns[random.Next(turns.Length)], Math.Min(items - 1, (int)(items * Math.Pow(random.NextDouble(), 3))), 1_600_000_000L + i);
        return builder;
    }
}
