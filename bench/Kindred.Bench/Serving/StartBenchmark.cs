using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kindred.Bench.Reports;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.Bench.Serving;

/// <summary>From the start of a process until it takes work, and what it holds then: builds of the service in turn with a bare server.</summary>
internal static class StartBenchmark
{
    public const string Usage = "Kindred.Bench start [--rounds 7] [--host LABEL=Kindred.Host[.dll]]... [--report FILE.md]";

    public static async Task<int> RunAsync(string[] options)
    {
        var rounds = int.Parse(Options.Find(options, "--rounds") ?? "7", CultureInfo.InvariantCulture);
        HostBuild[] builds = [.. options.Index().Where(o => o.Index > 0 && options[o.Index - 1] == "--host").Select(o => HostBuild.Parse(o.Item))];
        if (builds.Length == 0) builds = [new HostBuild("build", null)];
        var found = builds.Select(build => (Build: build, Starts: new List<HostStart>())).ToArray();
        var bare = new List<double>();
        for (var round = 0; round <= rounds; round++) // the first only warms the disk's cache
        {
            foreach (var (build, starts) in found) starts.Add(await StartAsync(build));
            var clock = Stopwatch.StartNew();
            await using (await BareProcess.StartAsync()) bare.Add(clock.Elapsed.TotalMilliseconds);
        }

        var text = new StringBuilder("# Start: from the process to its first answer").AppendLine().AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}; {Machine.Describe()}.");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"Medians of {rounds} rounds, all in turn, until `GET /health/ready` answers 200; asked every 20 ms. Accounts and portal included.").AppendLine();
        text.AppendLine("| build | empty folder, ms | used folder, ms | idle memory (RssAnon), MiB |").AppendLine("|---|---|---|---|");
        foreach (var (build, starts) in found)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {build.Label} | {Median(starts, s => s.Empty):F0} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Median(starts, s => s.Used):F0} | {Median(starts, s => s.Idle):F0} |");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"| bare Kestrel | {Machine.Median(bare.Skip(1)):F0} | | |");
        Console.Write(text);
        if (Options.Find(options, "--report") is { } report) await File.WriteAllTextAsync(report, text.ToString());
        return 0;
    }

    private static async Task<HostStart> StartAsync(HostBuild build)
    {
        using var folder = new TemporaryFolder();
        var times = new List<double>();
        var idle = 0L;
        for (var start = 0; start < 2; start++)
        {
            await using var host = await HostProcess.StartAsync(new() { DataPath = folder.Path, Assembly = build.Assembly });
            times.Add(host.ReadyAfter.TotalMilliseconds);
            await Task.Delay(TimeSpan.FromSeconds(2)); // what follows the first answer, such as the accounts database
            idle = host.ResidentBytes() >> 20;
            await host.StopAsync();
        }

        return new HostStart(times[0], times[1], idle);
    }

    private static double Median(List<HostStart> starts, Func<HostStart, double> value) => Machine.Median(starts.Skip(1).Select(value));

    private sealed record HostStart(double Empty, double Used, double Idle);
}
