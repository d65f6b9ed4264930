using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Bench.Reports;
using Kindred.Bench.Serving;
using Kindred.Testing;

namespace Kindred.Bench.Batches;

/// <summary>
/// A batch inference job over many users, from CreateBatchInferenceJob to ACTIVE as a client sees it, with the full model; and requests of the
/// same host alone and beside the job, rounds in turn.
/// </summary>
internal static class BatchBenchmark
{
    public const string Usage =
        "Kindred.Bench batch [--users 100000] [--trained-users 20000] [--items 10000] [--events 20] [--rounds 3] [--data FOLDER] "
        + "[--host Kindred.Host.dll] [--report FILE.md]";

    private const string Recipe = "aws-user-personalization-v2";
    private const int Connections = 4; // few: closed-loop clients that fill the cores themselves would measure each other
    private const int Seconds = 8;

    public static async Task<int> RunAsync(string[] options)
    {
        int Number(string name, int otherwise) =>
            Options.Find(options, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        var (users, trained, rounds) = (Number("--users", 100_000), Number("--trained-users", 20_000), Number("--rounds", 3));
        var shop = new PlantedShop(Number("--items", 10_000), Number("--events", 20));
        using var folder = new TemporaryFolder();
        var data = Options.Find(options, "--data") ?? folder.At("data");
        await using var host = await MeasuredHost.StartAsync(Options.Find(options, "--host") is { } built ? HostBuild.Parse(built) : new HostBuild("now", null), data, CancellationToken.None);
        if (!await host.Served.HasDataAsync(CancellationToken.None)) await PrepareAsync(host, shop, trained, users, folder);

        var text = new StringBuilder();
        text.AppendLine("# batch: recommendations for many users at once").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Machine.Describe()}.");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{users:N0} users of about {shop.Events} events each, {shop.Items:N0} items; {Recipe}, the full model, learned from {trained:N0} of the users. ");
        text.AppendLine(CultureInfo.InvariantCulture, $"Top 25 of each user, filterless; peak resident memory of the host before the first job: {host.Process.PeakResidentBytes() >> 20} MiB.");
        var input = await UploadAsync(host, users);
        text.AppendLine().AppendLine("| job | s | users/s | peak resident MiB |").AppendLine("|---|---|---|---|");
        for (var round = 1; round <= rounds; round++) await JobAsync(host, input, users, $"alone {round}", text);
        text.AppendLine().Append(await BesideAsync(host, folder, input, users, rounds));
        Console.WriteLine(text);
        if (Options.Find(options, "--report") is { } report) await File.WriteAllTextAsync(report, text.ToString());
        return 0;
    }

    private static async Task PrepareAsync(MeasuredHost host, PlantedShop shop, int trained, int users, TemporaryFolder folder)
    {
        shop.Write(folder.At("first.csv"), 0, trained);
        shop.Write(folder.At("more.csv"), trained, users);
        await host.Served.ImportAsync(folder.At("first.csv"), CancellationToken.None);
        await host.Served.DeployAsync(Recipe, CancellationToken.None);
        await host.Served.UntilIdleAsync(CancellationToken.None); // now it is the full model
        Console.Error.WriteLine("the full model is there");
        if (users > trained) await host.Served.AddAsync(folder.At("more.csv"), CancellationToken.None);
    }

    private static async Task<string> UploadAsync(MeasuredHost host, int users)
    {
        var lines = new StringBuilder();
        for (var user = 0; user < users; user++) lines.Append(CultureInfo.InvariantCulture, $$"""{"userId":"u{{user}}"}""").Append('\n');
        return await host.Served.UploadAsync("users.json", lines.ToString(), CancellationToken.None);
    }

    private static async Task<double> JobAsync(MeasuredHost host, string input, int users, string name, StringBuilder? text)
    {
        var clock = Stopwatch.StartNew();
        await host.Served.RunBatchAsync(Recipe, $"{name.Replace(' ', '-')}-{DateTime.UtcNow.Ticks}", input, CancellationToken.None);
        var seconds = clock.Elapsed.TotalSeconds;
        Console.Error.WriteLine($"{name}: {seconds:F1} s");
        text?.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {seconds:F1} | {users / seconds:N0} | {host.Process.PeakResidentBytes() >> 20} |");
        return seconds;
    }

    private static async Task<string> BesideAsync(MeasuredHost host, TemporaryFolder folder, string input, int users, int rounds)
    {
        var target = new ServingTarget(
            Recipe, "now", host.Process.BaseAddress, await host.Served.CampaignOfAsync(Recipe, CancellationToken.None),
            await host.Served.TrackingIdAsync(CancellationToken.None), host.Meter, folder.At("asked.lua"));
        string[] asked = [.. Enumerable.Range(0, 5_000).Select(user => $"u{user}")];
        await target.SignAsync(new Audience(asked, ["i1", "i2"], 0));
        await target.RunAsync(Connections, Seconds); // tiered compilation settles
        var (alone, beside, jobs) = (new List<WrkResult>(), new List<WrkResult>(), new List<double>());
        for (var round = 1; round <= rounds; round++)
        {
            alone.Add((await target.RunAsync(Connections, Seconds)).Result);
            var job = JobAsync(host, input, users, $"beside requests {round}", null);
            await Task.Delay(1_000); // the model is open and the threads run
            beside.Add((await target.RunAsync(Connections, Seconds)).Result);
            jobs.Add(await job);
            Console.Error.WriteLine($"alone p99 {alone[^1].P99Milliseconds:F2} ms, beside {beside[^1].P99Milliseconds:F2} ms");
        }
        var text = new StringBuilder();
        text.AppendLine("## Requests beside a job").AppendLine();
        text.Append(CultureInfo.InvariantCulture, $"GetRecommendations of the same model over HTTP, {Connections} connections, one request in ");
        text.AppendLine(CultureInfo.InvariantCulture, $"{SignedRequests.EventEvery} an event; rounds of {Seconds} s in turn, medians. The jobs took {jobs.Min():F1} to {jobs.Max():F1} s.").AppendLine();
        text.AppendLine("| | requests/s | p50 ms | p99 ms | errors |").AppendLine("|---|---|---|---|---|");
        foreach (var (name, results) in new[] { ("alone", alone), ("beside a batch job", beside) })
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {Machine.Median(results.Select(r => r.RequestsPerSecond)):N0} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Machine.Median(results.Select(r => r.P50Milliseconds)):F2} | ");
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{Machine.Median(results.Select(r => r.P99Milliseconds)):F2} | {results.Sum(r => r.Errors)} |");
        }
        return text.ToString();
    }
}
