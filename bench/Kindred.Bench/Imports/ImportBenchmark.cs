using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kindred.Bench.Reports;
using Kindred.Bench.Serving;
using Kindred.Testing;
using Kindred.Testing.Hosting;
using Sylvan.Data.Csv;

namespace Kindred.Bench.Imports;

/// <summary>
/// From CreateDatasetImportJob to ACTIVE in a host of its own: rows a second, processor time and memory, beside a reader that does nothing
/// but take the same file apart.
/// </summary>
internal static class ImportBenchmark
{
    public const string Usage =
        "Kindred.Bench import [--rows 1000000,5000000,20000000] [--rounds 3] [--host LABEL=Kindred.Host.dll]... [--report FILE.md]";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(string[] options)
    {
        var sizes = (Options.Find(options, "--rows") ?? "1000000,5000000,20000000").Split(',')
            .Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        var rounds = int.Parse(Options.Find(options, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        HostBuild[] builds = [.. options.Index().Where(o => o.Index > 0 && options[o.Index - 1] == "--host").Select(o => HostBuild.Parse(o.Item))];
        if (builds.Length == 0) builds = [new HostBuild("Kindred", null)];
        var text = new StringBuilder("# Import: CreateDatasetImportJob to ACTIVE").AppendLine().AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}; {Machine.Describe()}.");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"A made-up log of interactions (a user per 40 rows, an item per 200), uploaded before; medians of {rounds} rounds in turn, "
            + $"each with a new host on an empty folder.");
        text.AppendLine("Sylvan.Data.Csv reads the same file and its columns as texts and numbers, and keeps nothing.").AppendLine();
        text.AppendLine("| rows | MB | reader | s | rows/s | processor s | peak RssAnon MiB | idle before MiB | peak resident MiB |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var rows in sizes)
        {
            using var folder = new TemporaryFolder();
            var csv = folder.At("interactions.csv");
            InteractionsCsv.Write(csv, rows);
            var found = builds.ToDictionary(build => build.Label, _ => new List<Import>());
            var plain = new List<Import>();
            for (var round = 0; round < rounds; round++)
            {
                foreach (var build in builds) found[build.Label].Add(await ImportAsync(build, csv));
                plain.Add(ReadPlainly(csv, rows));
            }
            foreach (var (label, imports) in found.Append(new("Sylvan.Data.Csv", plain)))
            {
                var line = string.Create(CultureInfo.InvariantCulture,
                    $"| {rows:N0} | {new FileInfo(csv).Length / 1e6:F0} | {label} | {Median(imports, i => i.Seconds):F2} ")
                    + string.Create(CultureInfo.InvariantCulture,
                    $"| {rows / Median(imports, i => i.Seconds):N0} | {Median(imports, i => i.ProcessorSeconds):F2} ")
                    + (imports[0].PeakResident == 0 ? "| | | |" : string.Create(CultureInfo.InvariantCulture,
                    $"| {Median(imports, i => i.PeakAnonymous):F0} | {Median(imports, i => i.Idle):F0} | {Median(imports, i => i.PeakResident):F0} |"));
                Console.Error.WriteLine(line);
                text.AppendLine(line);
            }
        }
        Console.Write(text);
        if (Options.Find(options, "--report") is { } report) await File.WriteAllTextAsync(report, text.ToString());
        return 0;
    }

    private static async Task<Import> ImportAsync(HostBuild build, string csv)
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(new() { DataPath = folder.Path, Assembly = build.Assembly });
        using var http = new HttpClient(MeasuredHost.Signer(new SocketsHttpHandler()))
        {
            BaseAddress = host.BaseAddress, Timeout = TimeSpan.FromMinutes(10),
        };
        var served = new ServedCampaigns(http);
        var dataset = await served.PrepareImportAsync(csv, CancellationToken.None);
        var idle = host.ResidentBytes();
        using var process = Process.GetProcessById(host.Id);
        var before = process.TotalProcessorTime;
        using var end = new CancellationTokenSource();
        var peak = PeakAsync(host, end.Token);
        var seconds = (await served.RunImportAsync(dataset, CancellationToken.None)).TotalSeconds;
        await end.CancelAsync();
        process.Refresh();
        return new Import(seconds, (process.TotalProcessorTime - before).TotalSeconds, MiB(await peak), MiB(idle), MiB(host.PeakResidentBytes()));
    }

    private static async Task<long> PeakAsync(HostProcess host, CancellationToken end)
    {
        var peak = 0L;
        while (!end.IsCancellationRequested)
        {
            peak = Math.Max(peak, host.ResidentBytes());
            await Task.Delay(BetweenLooks, CancellationToken.None);
        }
        return peak;
    }

    private static Import ReadPlainly(string path, int rows)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        using var csv = CsvDataReader.Create(path);
        var (read, characters, latest) = (0, 0L, 0L);
        while (csv.Read())
        {
            read++;
            characters += csv.GetFieldSpan(0).Length + csv.GetFieldSpan(1).Length + csv.GetFieldSpan(3).Length;
            latest = Math.Max(latest, csv.GetInt64(2));
        }
        return read == rows && characters > 0 && latest > 0
            ? new Import(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds, 0, 0, 0)
            : throw new InvalidOperationException($"{read} rows were read of {rows}.");
    }

    private static double Median(List<Import> imports, Func<Import, double> value) => Machine.Median(imports.Select(value));

    private static double MiB(long bytes) => bytes / (double)(1 << 20);

    private sealed record Import(double Seconds, double ProcessorSeconds, double PeakAnonymous, double Idle, double PeakResident);
}
