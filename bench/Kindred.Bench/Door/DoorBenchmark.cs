using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Bench.Imports;
using Kindred.Bench.Reports;
using Kindred.Bench.Serving;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.Bench.Door;

/// <summary>
/// What an answer costs that costs nothing to find: recommendations by popularity, and single events, which are on disk when they are
/// answered. Each with an api key and with SigV4, in turn with bare Kestrel.
/// </summary>
internal static class DoorBenchmark
{
    public const string Usage =
        "Kindred.Bench door [--rounds 3] [--seconds 5] [--connections 64] [--host LABEL=Kindred.Host.dll]... [--report FILE.md]";

    private const string Recipe = "aws-popularity-count";
    private const int Rows = 100_000;
    private const int WarmUpSeconds = 4;
    private static readonly string ApiKey = $"{TestKey.Bootstrap.AccessKeyId}:{TestKey.Bootstrap.SecretAccessKey}";

    public static async Task<int> RunAsync(string[] options)
    {
        var rounds = int.Parse(Options.Find(options, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        var seconds = int.Parse(Options.Find(options, "--seconds") ?? "5", CultureInfo.InvariantCulture);
        var connections = int.Parse(Options.Find(options, "--connections") ?? "64", CultureInfo.InvariantCulture);
        HostBuild[] builds = [.. options.Index().Where(o => o.Index > 0 && options[o.Index - 1] == "--host").Select(o => HostBuild.Parse(o.Item))];
        if (builds.Length == 0) builds = [new HostBuild("Kindred", null)];

        using var folder = new TemporaryFolder();
        var csv = folder.At("interactions.csv");
        InteractionsCsv.Write(csv, Rows);
        var audience = Audience.Read(csv);
        var hosts = new List<MeasuredHost>();
        try
        {
            await using var bare = await BareProcess.StartAsync();
            var targets = new List<DoorTarget>();
            foreach (var build in builds)
            {
                var host = await MeasuredHost.StartAsync(build, folder.At($"data{hosts.Count}"), CancellationToken.None);
                hosts.Add(host);
                await host.Served.ImportAsync(csv, CancellationToken.None);
                await host.Served.DeployAsync(Recipe, CancellationToken.None);
                await AddAsync(targets, build.Label, host.Process.BaseAddress, host.Meter, await BodiesAsync(host.Served, audience), folder);
            }
            await AddAsync(targets, "bare Kestrel", bare.Address, bare.Meter, await BodiesAsync(hosts[0].Served, audience), folder);

            foreach (var target in targets) await target.RunAsync(connections, WarmUpSeconds);
            for (var round = 0; round < rounds; round++)
            {
                foreach (var target in round % 2 == 0 ? targets : targets.AsEnumerable().Reverse())
                    target.Rounds.Add(await target.RunAsync(connections, seconds));
            }

            var text = Report(targets, connections, rounds, seconds);
            Console.Write(text);
            if (Options.Find(options, "--report") is { } report) await File.WriteAllTextAsync(report, text);
            return targets.Sum(t => t.Rounds.Sum(r => r.Result.Errors)) == 0 ? 0 : 1;
        }
        finally
        {
            foreach (var host in hosts) await host.DisposeAsync();
        }
    }

    private static async Task<Dictionary<string, JsonObject[]>> BodiesAsync(ServedCampaigns served, Audience audience)
    {
        var campaign = await served.CampaignOfAsync(Recipe, CancellationToken.None);
        var tracker = await served.TrackingIdAsync(CancellationToken.None);
        return new()
        {
            ["recommendations"] = [.. audience.Users.Select(user => new JsonObject { ["campaignArn"] = campaign, ["userId"] = user })],
            ["events"] = [.. audience.Events(tracker)],
        };
    }

    private static async Task AddAsync(
        List<DoorTarget> targets, string label, Uri address, AllocationMeter meter, Dictionary<string, JsonObject[]> bodies, TemporaryFolder folder)
    {
        foreach (var (operation, requests) in bodies)
        {
            foreach (var isSigned in new[] { false, true })
            {
                var script = folder.At($"{targets.Count}.lua");
                using var capture = isSigned ? RequestCapture.Signed() : RequestCapture.WithKey(ApiKey);
                await WrkScript.WriteAsync(script, await capture.PostAllAsync(new Uri(address, $"/{operation}"), requests), events: [], eventEvery: 0);
                targets.Add(new DoorTarget(label, operation, isSigned, address, meter, script));
            }
        }
    }

    private static string Report(List<DoorTarget> targets, int connections, int rounds, int seconds)
    {
        var text = new StringBuilder("# The door: single events, and recommendations by popularity").AppendLine().AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}; {Machine.Describe()}.");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"wrk, 1 thread, {connections} connections on the same machine; {rounds} rounds of {seconds} s, all in turn; medians. "
            + $"An event is on disk when it is answered.");
        text.AppendLine().AppendLine("| requests | with | build | requests/s | ratio to bare | p50 ms | p99 ms | KiB allocated a request | errors |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var target in targets.OrderBy(t => t.Operation).ThenBy(t => t.IsSigned))
        {
            var bare = targets.Last(t => t.Operation == target.Operation && t.IsSigned == target.IsSigned);
            var ratio = Machine.Median(
                target.Rounds.Zip(bare.Rounds, (own, other) => own.Result.RequestsPerSecond / other.Result.RequestsPerSecond));
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {target.Operation} | {(target.IsSigned ? "SigV4" : "api key")} | {target.Build} "
                + $"| {target.Median(r => r.Result.RequestsPerSecond):N0} | {ratio:F2} "
                + $"| {target.Median(r => r.Result.P50Milliseconds):F2} | {target.Median(r => r.Result.P99Milliseconds):F2} "
                + $"| {target.Median(r => r.BytesPerRequest) / 1024:F1} | {target.Rounds.Sum(r => r.Result.Errors)} |");
        }
        return text.ToString();
    }
}
