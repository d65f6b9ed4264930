using System.Diagnostics;
using System.Globalization;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Demo;
using Kindred.Testing;
using Kindred.Testing.Data;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Speed;

/// <summary>A million interactions, imported, trained on and served, on the clock. The bounds of time hold on 2 cores that do nothing else: KINDRED_STRICT=1.</summary>
public sealed class MovieLensTests
{
    private const long MemoryBound = 1L << 30;

    [Fact]
    public async Task MillionInteractions_ImportTrainServe_StayWithinMemory()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var ratings = RatingsFile.WriteTo(folder.Path);
        await using var host = await HostProcess.StartAsync();
        using var client = new ServiceClient(host);
        var resources = client.Resources("million");
        var dataset = new DemoDataset("Interactions", SmallData.Schema, "ratings.csv", () => File.OpenRead(ratings.Path));
        var group = await resources.CreateGroupAsync(stop);
        var datasetArn = await resources.CreateDatasetAsync(group, dataset, stop);

        var clock = Stopwatch.StartNew();
        await resources.ImportAsync(datasetArn, dataset, stop);
        var import = clock.Elapsed;
        clock.Restart();
        var version = await resources.TrainAsync(group, "aws-user-personalization-v2", stop);
        var training = clock.Elapsed;
        var campaign = await resources.DeployAsync(version, stop);
        var metrics = (await client.CallAsync("GetSolutionMetrics", new() { ["solutionVersionArn"] = version }))["metrics"]!.AsObject();
        clock.Restart();
        var items = await client.RecommendAsync(campaign, "1", numResults: 25);
        var first = clock.Elapsed;

        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture,
            $"{ratings.Name}: upload and import {import.TotalSeconds:F1} s, training with metrics {training.TotalSeconds:F1} s, "
            + $"first recommendation {first.TotalMilliseconds:F0} ms, peak resident {host.PeakResidentBytes() >> 20} MiB, "
            + $"NDCG@10 {(double)metrics["normalized_discounted_cumulative_gain_at_10"]!:F4}"));
        Assert.Equal(25, items.Distinct().Count());
        Assert.InRange(host.PeakResidentBytes(), 0, MemoryBound);
        if (!Drills.Strict) return;
        Assert.InRange(import.TotalSeconds, 0, 5);
        Assert.InRange(training.TotalSeconds, 0, 60);
    }
}
