using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kindred.Bench.Peers;
using Kindred.Bench.Reports;
using Kindred.Recipes;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;
using Kindred.Recipes.Transformer;

namespace Kindred.Bench.Serving;

/// <summary>
/// What a request costs the transformer: one user's history to the scores of all items, on one thread, in turn with the same
/// network in torch.
/// </summary>
internal static class PassBenchmark
{
    private const int Items = 3_416; // as MovieLens 1M has
    private const int Length = 200;
    private const int Users = 500;
    private const int Calls = 2_000;
    private static readonly int[] Widths = [64, 128];

    public static int Run(string[] options)
    {
        var rounds = int.Parse(Options.Find(options, "--rounds") ?? "5", CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        text.AppendLine("# pass: milliseconds from one user's history to the scores of all items").AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Machine.Describe()}. One thread, {Items:N0} items, {Length} steps, 2 blocks, "
            + $"feed-forward of 4 widths; {Calls:N0} calls a round, median of {rounds} rounds in turn.")
            .AppendLine();
        text.AppendLine("| width | Kindred p50 | p99 | torch p50 | p99 | torch / Kindred, p50 |").AppendLine("|---|---|---|---|---|---|");
        using var torch = new PythonPeer(Options.Find(options, "--python") ?? "python3", "pass_torch.py", threads: 1);
        foreach (var width in Widths)
        {
            var (ours, theirs) = (new List<Percentiles>(), new List<Percentiles>());
            var score = Scorer(width);
            Measure(score); // compiles
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(Measure(score));
                if (torch.Ask<double[]>(new { width, items = Items, length = Length, calls = Calls / 4 }) is { } milliseconds)
                    theirs.Add(Percentiles.Of(milliseconds));
            }
            Row(text, width, ours, theirs);
        }
        Console.Write(text);
        if (Options.Find(options, "--report") is { } file)
            File.WriteAllText(file, text.ToString());
        return 0;
    }

    /// <summary>Scores the n-th user; what the network has learned does not change what it costs.</summary>
    private static Action<int> Scorer(int width)
    {
        var (builder, random) = (new InteractionLogBuilder(), new Random(1));
        for (var user = 0; user < Users; user++)
        {
            for (var step = 0; step < Length; step++)
                builder.Add($"u{user}", $"i{(step < 7 ? (user * 7 + step) % Items : random.Next(Items))}", step);
        }
        var log = builder.Build();
        var model = SequenceTransformer.Train(
            new TrainingSet(log),
            new TransformerOptions { HiddenDimension = width, MaxLength = Length, Epochs = 1, ValidationUsers = 0 },
            new TrainingRun(1, 2));
        var histories = new HistoryEvent[Users][];
        for (var user = 0; user < Users; user++)
            log.CopyHistory(log.UserStarts[user], histories[user] = new HistoryEvent[log.InteractionsOf(user)]);
        var scores = new float[model.ItemCount];
        return call => model.Score(new ScoreQuery { History = histories[call % Users] }, scores);
    }

    private static Percentiles Measure(Action<int> score)
    {
        var milliseconds = new double[Calls];
        for (var call = 0; call < Calls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            score(call);
            milliseconds[call] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        return Percentiles.Of(milliseconds);
    }

    private static void Row(StringBuilder text, int width, List<Percentiles> ours, List<Percentiles> theirs)
    {
        var (half, most) = (Machine.Median(ours.Select(p => p.P50)), Machine.Median(ours.Select(p => p.P99)));
        text.Append(CultureInfo.InvariantCulture, $"| {width} | {half:F3} | {most:F3} |");
        if (theirs.Count == 0)
            text.AppendLine(" | | |");
        else
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $" {Machine.Median(theirs.Select(p => p.P50)):F3} | {Machine.Median(theirs.Select(p => p.P99)):F3} | "
                + $"{Machine.Median(theirs.Select(p => p.P50)) / half:F1} |");
    }

    private readonly record struct Percentiles(double P50, double P99)
    {
        public static Percentiles Of(double[] values)
        {
            double[] sorted = [.. values.Order()];
            return new Percentiles(sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
        }
    }
}
