using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kindred.Bench.Peers;
using Kindred.Bench.Reports;

namespace Kindred.Bench.Kernels;

/// <summary>
/// The kernels beside numpy, scipy and torch on the same shapes, samples in turn. With one thread CPU time counts, so that other work on the machine
/// disturbs little; with several the clock on the wall does.
/// </summary>
internal static class KernelsBenchmark
{
    private static readonly string[] Peers = ["numpy", "torch"];

    public static int Run(KernelsOptions options)
    {
        var text = new StringBuilder();
        text.AppendLine("# Kernels beside numpy, scipy and torch").AppendLine();
        using (var peer = new PythonPeer(options.Python, "kernels.py", threads: 1))
        {
            if (peer.Ask<Versions>(new { Kernel = "versions" }) is not { } versions)
                throw new InvalidOperationException(
                    $"{options.Python} lacks numpy, scipy or torch (Debian: python3-numpy python3-scipy python3-torch).");
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{DateTimeOffset.UtcNow:yyyy-MM-dd}; {Machine.Describe()}; vectors of {WidestVector()} bits.");
            text.AppendLine(
                CultureInfo.InvariantCulture, $"{versions.Text} Median of {options.Rounds} samples of {options.Milliseconds} ms, in turn.")
                .AppendLine();
            text.AppendLine("## Products, one thread: GFLOP per CPU second").AppendLine();
            Products(text, ProductCases.All(threads: 1), peer, options, time => time.Cpu);
            text.AppendLine("## Between the products, one thread: CPU microseconds per call").AppendLine();
            Others(text, RowCases.All(), peer, options);
        }
        if (options.Threads > 1)
        {
            using var peer = new PythonPeer(options.Python, "kernels.py", options.Threads);
            text.AppendLine(CultureInfo.InvariantCulture, $"## Products, {options.Threads} threads: GFLOP per second").AppendLine();
            Products(text, ProductCases.All(options.Threads), peer, options, time => time.Wall);
        }

        Console.Write(text);
        if (options.Report is { } path)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text.ToString());
        }
        return 0;
    }

    private static void Products(
        StringBuilder text, IEnumerable<KernelCase> cases, PythonPeer peer, KernelsOptions options, Func<Sample, double> time)
    {
        text.AppendLine("| product | Kindred | numpy (OpenBLAS) | torch | ratio to numpy | ratio to torch |").AppendLine("|---|---|---|---|---|---|");
        foreach (var kernel in cases.Where(c => Wanted(c, options)))
        {
            var (ours, peers) = Measure(kernel, peer, options, time);
            string Rate(double? seconds) => seconds is { } s ? (kernel.Operations / s / 1e9).ToString("F0", CultureInfo.InvariantCulture) : "–";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {kernel.Name} | {Rate(ours)} | {Rate(peers[0])} | {Rate(peers[1])} | {Ratio(peers[0], ours)} | "
                + $"{Ratio(peers[1], ours)} |");
        }
        text.AppendLine();
    }

    private static void Others(StringBuilder text, IEnumerable<KernelCase> cases, PythonPeer peer, KernelsOptions options)
    {
        text.AppendLine("| kernel | Kindred | numpy, scipy | torch | ratio to numpy, scipy | ratio to torch |")
            .AppendLine("|---|---|---|---|---|---|");
        foreach (var kernel in cases.Where(c => Wanted(c, options)))
        {
            var (ours, peers) = Measure(kernel, peer, options, time => time.Cpu);
            static string Microseconds(double? seconds) => seconds is { } s ? (s * 1e6).ToString("N0", CultureInfo.InvariantCulture) : "–";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {kernel.Name} | {Microseconds(ours)} | {Microseconds(peers[0])} | {Microseconds(peers[1])} | {Ratio(peers[0], ours)} | "
                + $"{Ratio(peers[1], ours)} |");
        }
        text.AppendLine();
    }

    private static bool Wanted(KernelCase kernel, KernelsOptions options) =>
        options.Only is null || kernel.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase);

    private static string Ratio(double? peer, double ours) =>
        peer is { } seconds ? (seconds / ours).ToString("F2", CultureInfo.InvariantCulture) : "–";

    private static (double Ours, double?[] Peers) Measure(KernelCase kernel, PythonPeer peer, KernelsOptions options, Func<Sample, double> time)
    {
        Repeat(kernel.Run, 100); // compiled and warm
        var ours = new List<double>();
        var peers = Peers.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            ours.Add(time(Repeat(kernel.Run, options.Milliseconds)));
            for (var i = 0; i < Peers.Length; i++)
            {
                if (peer.Ask<Sample>(new { Kernel = kernel.Peer, Library = Peers[i], kernel.Shape, options.Milliseconds }) is { Calls: > 0 } sample)
                    peers[i].Add(time(sample));
            }
        }
        Console.Error.WriteLine($"{kernel.Name}: {Machine.Median(ours) * 1e6:N1} µs");
        return (Machine.Median(ours), [.. peers.Select(samples => samples.Count == 0 ? (double?)null : Machine.Median(samples))]);
    }

    private static Sample Repeat(Action run, int milliseconds)
    {
        var (cpu, start, calls) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), 0);
        TimeSpan elapsed;
        for (var batch = 1; (elapsed = Stopwatch.GetElapsedTime(start)).TotalMilliseconds < milliseconds; batch *= 2)
        {
            for (var i = 0; i < batch; i++)
                run();
            calls += batch;
        }
        return new(calls, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / calls, elapsed.TotalSeconds / calls);
    }

    private static int WidestVector() =>
        System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? 512 : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Seconds per call.</summary>
    private sealed record Sample(int Calls, double Cpu, double Wall);

    private sealed record Versions(string Text);
}
