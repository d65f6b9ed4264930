using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kindred.Bench.Reports;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;
using Kindred.Recipes.Transformer;

namespace Kindred.Bench.Training;

/// <summary>An epoch of the transformer beside one of torch: the same sequences, width, length, blocks and full cross-entropy, in turn.</summary>
internal static class TransformerBenchmark
{
    private const int Length = 200;
    private const int Threads = 2;

    public static int Run(string[] options)
    {
        var file = Options.Find(options, "--interactions");
        if (file is null)
        {
            Console.Error.WriteLine("Kindred.Bench transformer --interactions FILE.csv[.gz] [--rounds 3] [--python python3] [--report FILE.md]");
            return 2;
        }
        var rounds = int.Parse(Options.Find(options, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        var python = Options.Find(options, "--python") ?? "python3";
        var log = InteractionFile.Read(file);
        var sequences = Path.GetTempFileName();
        try
        {
            WriteSequences(log, sequences);
            var (ours, sampled, kind, original) = (new List<Timing>(), new List<Timing>(), new List<Timing>(), new List<Timing>());
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(Epoch(log, negatives: int.MaxValue / 2, feedForward: 64));
                kind.Add(Peer(python, sequences, ""));
                sampled.Add(Epoch(log, negatives: 512, feedForward: 256));
                original.Add(Peer(python, sequences, "--all-positions"));
            }
            Report(log, rounds, ours, sampled, kind, original, Options.Find(options, "--report"));
        }
        finally
        {
            File.Delete(sequences);
        }
        return 0;
    }

    /// <summary>Seconds of the second pass: the first also compiles.</summary>
    private static Timing Epoch(InteractionLog log, int negatives, int feedForward)
    {
        var (clock, cpu, ends) = (Stopwatch.StartNew(), new List<double>(), new List<double>());
        var options = new TransformerOptions
        {
            HiddenDimension = 64, Heads = 1, FeedForwardDimension = feedForward, MaxLength = Length, Negatives = negatives, Dropout = 0.2, Epochs = 2,
            TrainsOnWholeHistory = false, UsesTimeGaps = false, InitialDeviation = 0, ValidationUsers = 0, BatchTokens = 8192,
        };
        SequenceTransformer.Train(new TrainingSet(log), options, new TrainingRun(1, Threads, new Listener(() =>
        {
            ends.Add(clock.Elapsed.TotalSeconds);
            cpu.Add(Environment.CpuUsage.TotalTime.TotalSeconds);
        })));
        return new Timing(ends[^1] - ends[^2], cpu[^1] - cpu[^2]);
    }

    private static Timing Peer(string python, string sequences, string options)
    {
        var script = Path.Combine(Repository.Folder, "bench", "peers", "sasrec_torch.py");
        var start = new ProcessStartInfo(python, $"{script} {sequences} --length {Length} --threads {Threads} {options}") { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{python}' did not start.");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{script} ended with {process.ExitCode}; torch is Debian's python3-torch.");
        using var result = JsonDocument.Parse(output);
        var batches = result.RootElement.GetProperty("batches_per_epoch").GetInt32();
        return new Timing(
            batches * result.RootElement.GetProperty("seconds_per_batch").GetDouble(), batches * result.RootElement.GetProperty("cpu_seconds_per_batch").GetDouble());
    }

    private static void Report(
        InteractionLog log, int rounds, List<Timing> ours, List<Timing> sampled, List<Timing> kind, List<Timing> original, string? file)
    {
        var text = new StringBuilder();
        text.AppendLine("# transformer: seconds per epoch beside torch").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Machine.Describe()}. {Threads} threads each, median of {rounds} rounds in turn.");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{log.UserIds.Count:N0} users, {log.ItemIds.Count:N0} items, {log.Count:N0} interactions; width 64, 2 blocks, 1 head, newest {Length} steps.");
        text.AppendLine();
        text.AppendLine("| | wall s | CPU s | ratio of wall | ratio of CPU |").AppendLine("|---|---|---|---|---|");
        Row(text, "Kindred, full softmax, feed-forward 64", ours, ours);
        Row(text, "torch, full cross-entropy at the steps that exist", kind, ours);
        Row(text, "torch, full cross-entropy at padded positions too", original, ours);
        Row(text, "Kindred, 512 shared negatives, feed-forward 256", sampled, ours);
        Console.Write(text);
        if (file is not null)
            File.WriteAllText(file, text.ToString());
    }

    private static void Row(StringBuilder text, string name, List<Timing> timings, List<Timing> baseline)
    {
        var (wall, cpu) = (Machine.Median(timings.Select(t => t.Wall)), Machine.Median(timings.Select(t => t.Cpu)));
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| {name} | {wall:F1} | {cpu:F1} | {wall / Machine.Median(baseline.Select(t => t.Wall)):F1} | {cpu / Machine.Median(baseline.Select(t => t.Cpu)):F1} |");
    }

    private static void WriteSequences(InteractionLog log, string path)
    {
        using var writer = new StreamWriter(path);
        for (var user = 0; user < log.UserIds.Count; user++)
            writer.WriteLine(string.Join(' ', log.Items[log.UserStarts[user]..log.UserStarts[user + 1]].ToArray().Select(item => item + 1)));
    }

    private readonly record struct Timing(double Wall, double Cpu);

    private sealed class Listener(Action heard) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => heard();
    }
}
