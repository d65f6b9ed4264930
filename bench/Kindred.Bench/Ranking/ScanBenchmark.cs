using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Kindred.Bench.Reports;
using Kindred.Numerics.Ranking;

namespace Kindred.Bench.Ranking;

/// <summary>Top-100 inner products on one thread beside faiss IndexFlatIP and numpy: the same vectors and queries, in turn.</summary>
internal static class ScanBenchmark
{
    private const int Most = 100;
    private const int Queries = 64;
    private static readonly double[] Selectivities = [0.5, 0.1, 0.01];
    private static readonly int[] Probes = [8, 16, 32, 64];

    public static int Run(string[] options)
    {
        var items = int.Parse(Options.Find(options, "--items") ?? "1000000", CultureInfo.InvariantCulture);
        var dimensions = int.Parse(Options.Find(options, "--dimensions") ?? "64", CultureInfo.InvariantCulture);
        var rounds = int.Parse(Options.Find(options, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        var python = Options.Find(options, "--python") ?? "python3";
        var folder = Directory.CreateTempSubdirectory("kindred-scan-").FullName;
        try
        {
            var (rows, queries) = Clusters(items, dimensions);
            Write(Path.Combine(folder, "rows.f32"), rows);
            Write(Path.Combine(folder, "queries.f32"), queries);
            var indexes = Indexes.Of(rows, dimensions, withLists: !options.Contains("--without-lists"));
            var methods = Methods(indexes, queries, dimensions);
            var timings = new Dictionary<string, List<Timing>>();
            JsonElement peer = default;
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (name, call) in methods)
                    Add(timings, name, Measure(call, name.Contains("batch", StringComparison.Ordinal)));
                peer = Peer(python, folder, dimensions);
                foreach (var name in new[] { "faiss", "numpy", "faiss_batch" })
                    Add(
                        timings,
                        name,
                        new Timing(
                            peer.GetProperty(name).GetProperty("wall_ms").GetDouble(),
                            peer.GetProperty(name).GetProperty("cpu_ms").GetDouble()));
            }
            Report(
                items,
                dimensions,
                rounds,
                timings,
                Recalls(indexes, queries, dimensions, peer),
                peer.GetProperty("version").GetString()!,
                Options.Find(options, "--report"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static List<(string Name, Action<int> Call)> Methods(Indexes indexes, float[] queries, int dimensions)
    {
        var best = new int[Most];
        ReadOnlySpan<float> Query(int q) => queries.AsSpan(q * dimensions, dimensions);
        var (rows, single, half, bytes, ivf) = indexes;
        var methods = new List<(string, Action<int>)>
        {
            ("single precision", q => single.Select(Query(q), [], best)),
            ("bfloat16, scored again", q => half.Select(Query(q), [], best)),
            ("int8, scored again", q => bytes.Select(Query(q), [], best)),
        };
        foreach (var share in Selectivities)
        {
            var excluded = Excluded(single.ItemCount, share);
            methods.Add(
                (string.Create(CultureInfo.InvariantCulture, $"single precision, {share:P0} of "
                    + $"the items allowed"), q => single.Select(Query(q), excluded, best)));
        }
        var (all, scores, counts) = (new int[Queries * Most], new float[Queries * Most], new int[Queries]);
        methods.Add(("single precision, batch of 64", q =>
        {
            if (q == 0)
                single.SelectBatch(queries, [], Most, all, scores, counts);
        }));
        foreach (var probes in ivf is null ? [] : Probes)
            methods.Add(($"inverted file, {probes} of {ivf!.ListCount} lists", q => ivf.Select(Query(q), [], best, [], probes)));
        var dense = rows.AsSpan(0, single.ItemCount).ToArray();
        methods.Add(("top-K of dense scores", _ => TopK.Select(dense, [], best)));
        return methods;
    }

    private static Dictionary<string, double> Recalls(Indexes indexes, float[] queries, int dimensions, JsonElement peer)
    {
        var truth = peer.GetProperty("best").EnumerateArray().Select(list => list.EnumerateArray().Select(id => id.GetInt32()).ToArray()).ToArray();
        double Recall(Func<int, int[]> find, int most) =>
            Enumerable.Range(0, Queries).Average(q => (double)find(q).Take(most).Intersect(truth[q].Take(most)).Count() / most);
        Func<int, int[]> By(Func<float[], int[], int> select) => q =>
        {
            var best = new int[Most];
            return best[..select(queries[(q * dimensions)..((q + 1) * dimensions)], best)];
        };
        var (_, single, half, bytes, ivf) = indexes;
        var recalls = new Dictionary<string, double>
        {
            ["single precision"] = Recall(By((query, best) => single.Select(query, [], best)), Most),
            ["bfloat16, scored again"] = Recall(By((query, best) => half.Select(query, [], best)), Most),
            ["int8, scored again"] = Recall(By((query, best) => bytes.Select(query, [], best)), Most),
        };
        foreach (var probes in ivf is null ? [] : Probes)
            recalls[$"inverted file, {probes} of {ivf!.ListCount} lists"] = Recall(
                By((query, best) => ivf.Select(query, [], best, [], probes)), Most);
        return recalls;
    }

    private static Timing Measure(Action<int> call, bool isBatch)
    {
        for (var q = 0; q < Queries; q++)
            call(q); // tiered compilation settles
        var walls = new List<double>();
        var cpu = Environment.CpuUsage.TotalTime;
        for (var q = 0; q < Queries; q++)
        {
            var started = Stopwatch.GetTimestamp();
            call(q);
            walls.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return new Timing(
            isBatch ? walls.Sum() / Queries : Machine.Median(walls), (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / Queries);
    }

    private static JsonElement Peer(string python, string folder, int dimensions)
    {
        var script = Path.Combine(Repository.Folder, "bench", "peers", "scan_faiss.py");
        var start = new ProcessStartInfo(
            python,
            [
                script, Path.Combine(folder, "rows.f32"), Path.Combine(folder, "queries.f32"), $"{dimensions}", $"{Most}",
            ]) { RedirectStandardOutput = true };
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{python}' did not start.");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonDocument.Parse(output).RootElement.Clone()
            : throw new InvalidOperationException($"{script} ended with {process.ExitCode}; faiss is Debian's python3-faiss.");
    }

    private static void Report(
        int items, int dimensions, int rounds, Dictionary<string, List<Timing>> timings, Dictionary<string, double> recalls,
        string version, string? file)
    {
        double Wall(string name) => Machine.Median(timings[name].Select(timing => timing.Wall));
        double Cpu(string name) => Machine.Median(timings[name].Select(timing => timing.Cpu));
        var text = new StringBuilder();
        text.AppendLine("# scan: milliseconds per query for the 100 largest inner products").AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Machine.Describe()}. {items:N0} items, {dimensions} dimensions, {Queries} queries, "
            + $"one thread, median of {rounds} rounds in turn; faiss {version}.")
            .AppendLine();
        text.AppendLine("| | wall ms | CPU ms | faiss / this, CPU | recall@100 |").AppendLine("|---|---|---|---|---|");
        foreach (var name in timings.Keys)
        {
            var baseline = name.Contains("batch", StringComparison.Ordinal) ? "faiss_batch" : "faiss";
            var ratio = name.StartsWith("top-K", StringComparison.Ordinal)
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"{Cpu(baseline) / Cpu(name):F1}");
            var recall = recalls.TryGetValue(name, out var share) ? share.ToString("F3", CultureInfo.InvariantCulture) : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {Wall(name):F2} | {Cpu(name):F2} | {ratio} | {recall} |");
        }
        Console.Write(text);
        if (file is not null)
            File.WriteAllText(file, text.ToString());
    }

    /// <summary>Vectors like those of items: around 2,000 centres, of different lengths; queries are items with noise.</summary>
    private static (float[] Rows, float[] Queries) Clusters(int items, int dimensions)
    {
        const int Centres = 2000;
        var random = new Random(5);
        var pool = new float[1 << 20];
        for (var i = 0; i < pool.Length; i++)
            pool[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        float[] Near(int count, float noise)
        {
            var rows = new float[count * dimensions];
            for (var row = 0; row < count; row++)
            {
                var (centre, offset) = (random.Next(Centres) * dimensions % (pool.Length - dimensions), random.Next(pool.Length - dimensions));
                var length = MathF.Exp(0.2f * pool[offset]);
                for (var d = 0; d < dimensions; d++)
                    rows[row * dimensions + d] = length * (pool[centre + d] + noise * pool[offset + d]);
            }
            return rows;
        }
        return (Near(items, 0.8f), Near(Queries, 1));
    }

    private static ulong[] Excluded(int items, double allowed)
    {
        var random = new Random(6);
        var excluded = new ulong[(items + 63) / 64];
        for (var item = 0; item < items; item++)
            excluded[item >> 6] |= random.NextDouble() < allowed ? 0 : 1UL << (item & 63);
        return excluded;
    }

    private static void Write(string path, float[] values)
    {
        using var stream = File.Create(path);
        for (var start = 0; start < values.Length; start += 1 << 20)
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(1 << 20, values.Length - start))));
    }

    private static void Add(Dictionary<string, List<Timing>> timings, string name, Timing timing)
    {
        if (!timings.TryGetValue(name, out var list))
            timings[name] = list = [];
        list.Add(timing);
    }

    private sealed record Indexes(float[] Rows, SingleBlocks Single, BFloat16Blocks Half, Int8Blocks Bytes, IvfIndex? Lists)
    {
        public static Indexes Of(float[] rows, int dimensions, bool withLists)
        {
            var started = Stopwatch.GetTimestamp();
            var lists = withLists ? IvfIndex.Build(rows, dimensions, new IvfOptions(), 1, 1) : null;
            if (lists is not null)
                Console.Error.WriteLine($"inverted file of {lists.ListCount} lists built in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
            return new(
                rows, SingleBlocks.Pack(rows, dimensions), BFloat16Blocks.Pack(rows, dimensions, keepsRows: true),
                Int8Blocks.Pack(rows, dimensions, keepsRows: true), lists);
        }
    }

    private readonly record struct Timing(double Wall, double Cpu);
}
