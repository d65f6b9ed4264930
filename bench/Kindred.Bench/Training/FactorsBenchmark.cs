using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;
using Kindred.Bench.Reports;
using Kindred.Numerics.Linear;
using Kindred.Numerics.Sparse;
using Kindred.Recipes.Als;
using Kindred.Recipes.Ease;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

namespace Kindred.Bench.Training;

/// <summary>EASE and an epoch of iALS beside numpy and scipy on the same interactions, in turn.</summary>
internal static class FactorsBenchmark
{
    private const int Threads = 2;

    // benfred/implicit is in no package index that is at hand. Its figures on ML-1M, two threads of an idle EPYC Zen 5, by name of the part.
    private static readonly (string Part, double Wall)[] Implicit = [("als_64", 0.610), ("als_128", 1.626)];

    public static int Run(string[] options)
    {
        if (Options.Find(options, "--interactions") is not { } file)
        {
            Console.Error.WriteLine("Kindred.Bench factors --interactions FILE.csv[.gz] [--rounds 3] [--python /usr/bin/python3] [--report FILE.md]");
            return 2;
        }
        var rounds = int.Parse(Options.Find(options, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        var log = Read(file);
        var sequences = Path.GetTempFileName();
        try
        {
            using (var writer = new StreamWriter(sequences))
            {
                for (var user = 0; user < log.UserIds.Count; user++)
                    writer.WriteLine(string.Join(' ', log.Items[log.UserStarts[user]..log.UserStarts[user + 1]].ToArray().Select(item => item + 1)));
            }
            var (ours, peer) = (new List<Dictionary<string, Timing>>(), new List<Dictionary<string, Timing>>());
            Ours(log); // compiles
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(Ours(log));
                peer.Add(Peer(Options.Find(options, "--python") ?? "/usr/bin/python3", sequences));
            }
            Report(log, rounds, ours, peer, Options.Find(options, "--report"));
        }
        finally
        {
            File.Delete(sequences);
        }
        return 0;
    }

    private static Dictionary<string, Timing> Ours(InteractionLog log)
    {
        var timings = new Dictionary<string, Timing>();
        var pattern = new SparsePattern(log.UserStarts.ToArray(), log.Items.ToArray(), log.ItemIds.Count);
        float[] gram = [];
        timings["gram"] = Time(() => gram = Gram.Compute(pattern, default, Threads));
        for (var item = 0; item < pattern.ColumnCount; item++)
            gram[item * pattern.ColumnCount + item] += 300;
        timings["inverse"] = Time(() => SymmetricInverse.Invert(gram, pattern.ColumnCount, Threads));
        timings["ease"] = Time(() => EaseWeights.Train(new TrainingSet(log), new EaseOptions(), new TrainingRun(1, Threads)));
        foreach (var dimension in new[] { 64, 128 })
            timings[$"als_{dimension}"] = Epoch(log, dimension);
        return timings;
    }

    /// <summary>The second epoch of two.</summary>
    private static Timing Epoch(InteractionLog log, int dimension)
    {
        var starts = new List<(double Wall, double Cpu)>();
        var clock = Stopwatch.StartNew();
        var listener = new Listener(() => starts.Add((clock.Elapsed.TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds)));
        new AlsTraining(log, new AlsOptions { Dimension = dimension, Epochs = 3 }, new TrainingRun(1, Threads, listener)).Run();
        // Heard: counting, then the beginning of each epoch.
        return new Timing(starts[3].Wall - starts[2].Wall, starts[3].Cpu - starts[2].Cpu);
    }

    private static Timing Time(Action work)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime.TotalSeconds);
        work();
        return new Timing(clock.Elapsed.TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds - cpu);
    }

    private static Dictionary<string, Timing> Peer(string python, string sequences)
    {
        var script = Path.Combine(Repository.Folder, "bench", "peers", "factors_scipy.py");
        var start = new ProcessStartInfo(python, [script, sequences]) { RedirectStandardOutput = true };
        // The OpenBLAS of Debian 12 takes its AVX2 kernels on processors that are newer than it is.
        if (Vector512.IsHardwareAccelerated)
            start.Environment["OPENBLAS_CORETYPE"] = "SKYLAKEX";
        start.Environment["OPENBLAS_NUM_THREADS"] = Threads.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{python}' did not start.");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{script} ended with {process.ExitCode}; it needs Debian's python3-numpy and python3-scipy.");
        using var result = JsonDocument.Parse(output);
        return result.RootElement.EnumerateObject()
            .ToDictionary(part => part.Name, part => new Timing(part.Value[0].GetDouble(), part.Value[1].GetDouble()));
    }

    private static void Report(
        InteractionLog log, int rounds, List<Dictionary<string, Timing>> ours, List<Dictionary<string, Timing>> peer, string? file)
    {
        var text = new StringBuilder();
        text.AppendLine("# factors: EASE and iALS beside numpy and scipy").AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Machine.Describe()}. {Threads} threads each, median of {rounds} rounds in turn.");
        text.AppendLine(
            CultureInfo.InvariantCulture, $"{log.UserIds.Count:N0} users, {log.ItemIds.Count:N0} items, {log.Count:N0} interactions.")
            .AppendLine();
        text.AppendLine("| | Kindred wall s | CPU s | scipy wall s | CPU s | ratio of wall | ratio of CPU |")
            .AppendLine("|---|---|---|---|---|---|---|");
        Row(text, "EASE: Gram", "gram", ours, peer);
        Row(text, "EASE: Cholesky + inverse", "inverse", ours, peer);
        Row(text, "iALS epoch, 64 factors", "als_64", ours, peer);
        Row(text, "iALS epoch, 128 factors", "als_128", ours, peer);
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"\nEASE as a whole: {Median(ours, "ease", t => t.Wall):F2} s wall, {Median(ours, "ease", t => t.Cpu):F2} s CPU.");
        text.AppendLine("benfred/implicit 0.7.3 (cython, OpenBLAS), an epoch on ML-1M measured once on an idle EPYC Zen 5 with two "
            + "threads, not in this run: "
            + string.Join(", ", Implicit.Select(part => string.Create(
                CultureInfo.InvariantCulture,
                $"{part.Part[4..]} factors {part.Wall:F3} s ({part.Wall / Median(ours, part.Part, t => t.Wall):F1} "
                + $"times ours here)"))) + ".");
        Console.Write(text);
        if (file is not null)
            File.WriteAllText(file, text.ToString());
    }

    private static void Row(
        StringBuilder text, string name, string part, List<Dictionary<string, Timing>> ours, List<Dictionary<string, Timing>> peer)
    {
        var (wall, cpu) = (Median(ours, part, t => t.Wall), Median(ours, part, t => t.Cpu));
        var (peerWall, peerCpu) = (Median(peer, part, t => t.Wall), Median(peer, part, t => t.Cpu));
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"| {name} | {wall:F3} | {cpu:F3} | {peerWall:F3} | {peerCpu:F3} | {peerWall / wall:F1} | {peerCpu / cpu:F1} |");
    }

    private static double Median(List<Dictionary<string, Timing>> rounds, string part, Func<Timing, double> of) =>
        Machine.Median(rounds.Select(round => of(round[part])));

    /// <summary>A CSV with a header, among its columns ones that begin with user, item and timestamp. Each pair counts once.</summary>
    private static InteractionLog Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = new StreamReader(
            path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        var header = (reader.ReadLine() ?? "").ToLowerInvariant().Split(',');
        int Column(string name) => Array.FindIndex(header, column => column.StartsWith(name, StringComparison.Ordinal));
        var (user, item, time) = (Column("user"), Column("item"), Column("timestamp"));
        if (user < 0 || item < 0 || time < 0)
            throw new ArgumentException($"'{path}' has the columns {string.Join(", ", header)}; user, item and timestamp were expected.");
        var builder = new InteractionLogBuilder();
        var seen = new HashSet<(string, string)>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (seen.Add((cells[user], cells[item])))
                builder.Add(cells[user], cells[item], long.Parse(cells[time], CultureInfo.InvariantCulture));
        }
        return builder.Build();
    }

    private readonly record struct Timing(double Wall, double Cpu);

    private sealed class Listener(Action heard) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => heard();
    }
}
