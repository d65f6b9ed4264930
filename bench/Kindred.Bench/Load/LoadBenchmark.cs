using System.Globalization;
using System.Text;
using Kindred.Bench.Reports;
using Kindred.Bench.Serving;
using Kindred.Testing;
using Kindred.Testing.Data;

namespace Kindred.Bench.Load;

/// <summary>
/// The full model over HTTP with an api key, in modes that differ in what may be kept of a user: closed loop for what it can do, beside bare Kestrel that
/// is sent the same requests, then open loop at half of it for how long an answer takes.
/// </summary>
internal static class LoadBenchmark
{
    private const string BareLabel = "bare Kestrel";
    private const int WarmUpSeconds = 5;

    public static async Task<int> RunAsync(LoadOptions options)
    {
        using var folder = new TemporaryFolder();
        var serving = options.Serving;
        var ratings = serving.Interactions is null ? RatingsFile.WriteTo(folder.Path) : null;
        var csv = serving.Interactions ?? ratings!.Path;
        var audience = Audience.Read(csv);
        using var data = await TrainedData.PrepareAsync(serving, csv, [.. options.Modes.Select(mode => mode.Recipe).Distinct()]);
        var (hosts, copies) = (new List<(MeasuredHost Host, bool KeepsScores)>(), new List<TemporaryFolder>());
        try
        {
            foreach (var build in serving.Hosts)
            {
                foreach (var keeps in options.Modes.Select(mode => mode.KeepsScores).Distinct())
                {
                    copies.Add(data.Copy());
                    var settings = keeps ? new Dictionary<string, string>() : new() { ["Kindred__Serving__ScoreCacheMiB"] = "0" };
                    hosts.Add((await MeasuredHost.StartAsync(build, copies[^1].Path, CancellationToken.None, settings), keeps));
                }
            }

            await using var bare = await BareProcess.StartAsync();
            var targets = await TargetsAsync(options, hosts, bare, audience, folder);
            await MeasureAsync(targets, serving);
            var report = Write(options, ratings?.Name ?? Path.GetFileNameWithoutExtension(csv), audience, targets);
            Console.Write(report);
            if (serving.Report is { } path) await File.WriteAllTextAsync(path, report);
            return targets.Sum(t => t.Rounds.Sum(r => r.Result.Errors) + (t.AtHalf?.Errors ?? 0)) == 0 ? 0 : 1;
        }
        finally
        {
            foreach (var (host, _) in hosts) await host.DisposeAsync();
            foreach (var copy in copies) copy.Dispose();
        }
    }

    private static async Task<List<LoadTarget>> TargetsAsync(
        LoadOptions options, List<(MeasuredHost Host, bool KeepsScores)> hosts, BareProcess bare, Audience audience, TemporaryFolder folder)
    {
        var targets = new List<LoadTarget>();
        var subjects = new Dictionary<MeasuredHost, LoadSubject>();
        foreach (var (host, _) in hosts) subjects[host] = await host.Served.SubjectAsync(audience.Items, CancellationToken.None);
        foreach (var mode in options.Modes)
        {
            foreach (var (host, _) in hosts.Where(h => h.KeepsScores == mode.KeepsScores))
                await AddAsync(mode, host.Build.Label, host.Process.BaseAddress, host.Process.Id, host.Meter, host);
            await AddAsync(mode, BareLabel, bare.Address, bare.Id, bare.Meter, hosts[0].Host);
        }

        return targets;

        async Task AddAsync(LoadMode mode, string label, Uri address, int process, AllocationMeter meter, MeasuredHost asked)
        {
            var subject = subjects[asked] with { CampaignArn = await asked.Served.CampaignOfAsync(mode.Recipe, CancellationToken.None) };
            var (requests, script) = (await WireRequests.MakeAsync(mode, address, subject, audience), folder.At($"{targets.Count}.lua"));
            await requests.WriteScriptAsync(script);
            targets.Add(new LoadTarget(mode, label, address, process, meter, requests, script));
        }
    }

    private static async Task MeasureAsync(List<LoadTarget> targets, ServingOptions options)
    {
        foreach (var target in targets) await target.RunAsync(options.Connections, WarmUpSeconds); // tiered compilation settles, and scores are kept
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var target in round % 2 == 0 ? targets : targets.AsEnumerable().Reverse())
            {
                target.Rounds.Add(await target.RunAsync(options.Connections, options.Seconds));
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"round {round + 1} {target.Mode.Name} {target.Build}: {target.Rounds[^1].Result.RequestsPerSecond:N0}/s, {target.Rounds[^1].CpuMicroseconds:F0} us"));
            }
        }

        foreach (var target in targets.Where(t => t.Build != BareLabel))
            await target.RunAtHalfAsync(Median(target, r => r.Result.RequestsPerSecond) / 2, options.Connections, options.Seconds);
    }

    private static string Write(LoadOptions options, string dataName, Audience audience, List<LoadTarget> targets)
    {
        var (text, serving) = (new StringBuilder("# Load: the full model with an api key beside bare Kestrel"), options.Serving);
        text.AppendLine().AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}; {Machine.Describe()}.");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{string.Join(" and ", options.Modes.Select(mode => mode.Recipe).Distinct())} on {audience.Rows:N0} interactions ({dataName}), all {audience.Users.Length:N0} users in random order. Client and servers share the machine.");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"Closed loop: wrk, 1 thread, {serving.Connections} connections, {serving.Rounds} rounds of {serving.Seconds} s, all in turn, medians; bare Kestrel is sent the same.");
        text.AppendLine("Open loop: at half of that rate, times from when a request was due (corrected for coordinated omission).").AppendLine();
        text.AppendLine("| mode | host | requests/s | ratio to bare | CPU us | KiB allocated | p50 ms | p99 ms | open: rate | p50 ms | p99 ms | p99.9 ms | errors |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var target in targets)
        {
            var bare = targets.Single(t => t.Build == BareLabel && t.Mode == target.Mode);
            var ratio = Machine.Median(target.Rounds.Zip(bare.Rounds, (one, other) => one.Result.RequestsPerSecond / other.Result.RequestsPerSecond));
            text.Append(CultureInfo.InvariantCulture, $"| {target.Mode.Name} | {target.Build} | {Median(target, r => r.Result.RequestsPerSecond):N0} | {ratio:F3} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Median(target, r => r.CpuMicroseconds):F0} | {Median(target, r => r.Bytes) / 1024:F1} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Median(target, r => r.Result.P50Milliseconds):F2} | {Median(target, r => r.Result.P99Milliseconds):F2} | ");
            if (target.AtHalf is var (rate, latency, _))
                text.Append(CultureInfo.InvariantCulture, $"{rate:N0} | {At(latency, 50)} | {At(latency, 99)} | {At(latency, 99.9)} | ");
            else
                text.Append("| | | | ");
            text.AppendLine(CultureInfo.InvariantCulture, $"{target.Rounds.Sum(r => r.Result.Errors) + (target.AtHalf?.Errors ?? 0)} |");
        }
        text.AppendLine().AppendLine("first: scores are not kept, so everybody is somebody new. again: they are. mixed: one request in ten is an event, and the next asks for the");
        text.AppendLine("user whose event it was. filtered: the same, without what the user has met. ranking: the same, GetPersonalizedRanking of 100 items.");
        return text.ToString();

        static string At(HdrHistogram.HistogramBase latency, double percentile) =>
            (latency.GetValueAtPercentile(percentile) / 1000.0).ToString("F2", CultureInfo.InvariantCulture);
    }

    private static double Median(LoadTarget target, Func<LoadRound, double> figure) => Machine.Median(target.Rounds.Select(figure));
}
