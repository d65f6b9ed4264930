using System.Diagnostics;
using Kindred.Testing;
using Kindred.Testing.Data;

namespace Kindred.Bench.Serving;

/// <summary>
/// GetRecommendations over HTTP with SigV4, of one build or several, against a bare Kestrel endpoint: the same wrk, the same
/// requests, the same models, rounds in turn, so that a noisy machine disturbs all alike.
/// </summary>
internal static class ServingBenchmark
{
    private const int WarmUpSeconds = 5;
    private static readonly string[] Recipes = ["aws-user-personalization-v2", "aws-popularity-count"];

    public static async Task<int> RunAsync(ServingOptions options)
    {
        using var folder = new TemporaryFolder();
        var ratings = options.Interactions is null ? RatingsFile.WriteTo(folder.Path) : null;
        var csv = options.Interactions ?? ratings!.Path;
        var audience = Audience.Read(csv);
        using var data = await TrainedData.PrepareAsync(options, csv, Recipes);

        var (hosts, copies) = (new List<MeasuredHost>(), new List<TemporaryFolder>());
        try
        {
            foreach (var build in options.Hosts)
            {
                copies.Add(data.Copy());
                hosts.Add(await MeasuredHost.StartAsync(build, copies[^1].Path, CancellationToken.None));
            }

            await using var bare = await BareProcess.StartAsync();
            var targets = await TargetsAsync(hosts, bare, folder);
            await MeasureAsync(targets, audience, options);
            var dataName = ratings?.Name ?? Path.GetFileNameWithoutExtension(csv);
            var report = ServingReport.Write(options, dataName, audience, $"{data.Notes}\n{Memory(hosts)}", targets);
            // How requests stand beside a training is a question about one build, and would take the others' cores.
            if (hosts is [var only]) report += await TrainingBeside.MeasureAsync(only, targets[0], audience, options);
            await PrintAsync(report, options.Report);
            return targets.Sum(t => t.Rounds.Sum(r => r.Result.Errors)) == 0 ? 0 : 1;
        }
        finally
        {
            foreach (var host in hosts) await host.DisposeAsync();
            foreach (var copy in copies) copy.Dispose();
        }
    }

    private static async Task<List<ServingTarget>> TargetsAsync(List<MeasuredHost> hosts, BareProcess bare, TemporaryFolder folder)
    {
        var targets = new List<ServingTarget>();
        foreach (var recipe in Recipes)
        {
            foreach (var host in hosts)
            {
                await host.Served.UntilIdleAsync(CancellationToken.None);
                targets.Add(new ServingTarget(
                    recipe,
                    host.Build.Label,
                    host.Process.BaseAddress,
                    await host.Served.CampaignOfAsync(recipe, CancellationToken.None),
                    await host.Served.TrackingIdAsync(CancellationToken.None),
                    host.Meter,
                    folder.At($"{targets.Count}.lua")));
            }
        }

        var (arn, tracker) = (targets[0].CampaignArn, targets[0].TrackingId);
        targets.Add(new ServingTarget("bare Kestrel", "", bare.Address, arn, tracker, bare.Meter, folder.At("bare.lua")));
        return targets;
    }

    private static async Task MeasureAsync(List<ServingTarget> targets, Audience audience, ServingOptions options)
    {
        foreach (var target in targets)
        {
            await target.SignAsync(audience);
            await target.RunAsync(options.Connections, WarmUpSeconds); // tiered compilation settles
        }

        var signed = Stopwatch.StartNew();
        for (var round = 0; round < options.Rounds; round++)
        {
            if (signed.Elapsed > SignedRequests.GoodFor)
            {
                foreach (var target in targets) await target.SignAsync(audience);
                signed.Restart();
            }

            // To and fro, so that a machine that slows down does not always slow down for the last.
            foreach (var target in round % 2 == 0 ? targets : targets.AsEnumerable().Reverse())
            {
                target.Rounds.Add(await target.RunAsync(options.Connections, options.Seconds));
                var (result, bytes) = target.Rounds[^1];
                Console.Error.WriteLine(
                    $"round {round + 1} {target.Endpoint} {target.Build}: {result.RequestsPerSecond:N0}/s, "
                    + $"p50 {result.P50Milliseconds:F2} ms, p99 {result.P99Milliseconds:F2} ms, {bytes:N0} bytes a request, {result.Errors} errors");
            }
        }
    }

    private static string Memory(List<MeasuredHost> hosts) => string.Join('\n', hosts.Select(
        host => $"Peak resident memory while serving, {host.Build.Label}: {host.Process.PeakResidentBytes() >> 20} MiB."));

    private static async Task PrintAsync(string report, string? path)
    {
        Console.WriteLine(report);
        if (path is null) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, report);
    }
}
