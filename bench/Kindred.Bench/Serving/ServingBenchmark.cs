using System.Globalization;
using System.Text;
using Kindred.Bench.Reports;
using Kindred.Client;
using Kindred.Testing;
using Kindred.Testing.Data;
using Kindred.Testing.Hosting;

namespace Kindred.Bench.Serving;

/// <summary>
/// GetRecommendations over HTTP with SigV4, against a bare Kestrel endpoint: the same wrk, the same requests, rounds in turn,
/// so that a noisy machine disturbs both alike.
/// </summary>
internal static class ServingBenchmark
{
    private static readonly string[] Recipes = ["aws-user-personalization-v2", "aws-popularity-count"];
    private const int UsersInTurn = 500;

    public static async Task<int> RunAsync(ServingOptions options)
    {
        using var folder = new TemporaryFolder();
        var ratings = options.Interactions is null ? RatingsFile.WriteTo(folder.Path) : null;
        var csv = options.Interactions ?? ratings!.Path;
        var users = await ReadUsersAsync(csv);
        await using var host = await HostProcess.StartAsync();
        var key = TestKey.Bootstrap;
        using var http = new HttpClient(new SigV4Handler(key.AccessKeyId, key.SecretAccessKey, "us-east-1", TimeProvider.System, new HttpClientHandler())) { BaseAddress = host.BaseAddress, Timeout = TimeSpan.FromMinutes(5) };
        var served = new ServedCampaigns(new ApiClient(http));
        var import = await served.ImportAsync(csv, CancellationToken.None);
        var campaigns = new List<(string Recipe, string CampaignArn, TimeSpan Training)>();
        foreach (var recipe in Recipes)
        {
            var (arn, training) = await served.DeployAsync(recipe, CancellationToken.None);
            campaigns.Add((recipe, arn, training));
        }

        var refining = System.Diagnostics.Stopwatch.StartNew();
        await ServedCampaigns.UntilIdleAsync(http, CancellationToken.None);
        Console.Error.WriteLine($"refined after another {refining.Elapsed.TotalSeconds:F1} s");
        var afterTraining = host.PeakResidentBytes();
        await using var bare = await BareProcess.StartAsync(host.Port + 1);
        var targets = new List<(string Name, Uri Address, string Script)>();
        foreach (var (recipe, arn, _) in campaigns)
        {
            targets.Add((recipe, host.BaseAddress, await SignedRequests.WriteLuaAsync(host.BaseAddress, arn, users, key.AccessKeyId, key.SecretAccessKey, folder.Path)));
            File.Move(targets[^1].Script, Path.ChangeExtension(targets[^1].Script, $".{recipe}.lua"), overwrite: true);
            targets[^1] = targets[^1] with { Script = Path.ChangeExtension(targets[^1].Script, $".{recipe}.lua") };
        }

        targets.Add(("bare Kestrel", bare.Address, await SignedRequests.WriteLuaAsync(bare.Address, campaigns[0].CampaignArn, users, key.AccessKeyId, key.SecretAccessKey, folder.Path)));
        var results = targets.ToDictionary(t => t.Name, _ => new List<WrkResult>());
        foreach (var (_, address, script) in targets) await Wrk.RunAsync(script, address, options.Connections, 3); // warm: tiered compilation settles
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var (name, address, script) in targets)
            {
                var result = await Wrk.RunAsync(script, address, options.Connections, options.Seconds);
                Console.Error.WriteLine($"round {round + 1} {name}: {result.RequestsPerSecond:N0}/s p99 {result.P99Milliseconds:F2} ms, {result.Errors} errors");
                results[name].Add(result);
            }
        }

        var report = Describe(options, csv, ratings?.Name ?? Path.GetFileNameWithoutExtension(csv), import, campaigns.Select(c => (c.Recipe, c.Training)), results, afterTraining, host.PeakResidentBytes());
        report += await TrainingBeside.MeasureAsync(host, served, targets[0].Name, targets[0].Script, options);
        Console.WriteLine(report);
        if (options.Report is { } path)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, report);
        }

        return results.Values.SelectMany(r => r).Sum(r => r.Errors) == 0 ? 0 : 1;
    }

    private static async Task<IReadOnlyList<string>> ReadUsersAsync(string csv)
    {
        var users = new List<string>();
        await foreach (var line in File.ReadLinesAsync(csv))
        {
            var user = line[..line.IndexOf(',', StringComparison.Ordinal)];
            if (user != "USER_ID" && (users.Count == 0 || users[^1] != user)) users.Add(user);
        }

        return [.. users.Distinct().Where((_, i) => i % 7 == 0).Take(UsersInTurn)];
    }

    private static string Describe(
        ServingOptions options, string csv, string dataName, TimeSpan import, IEnumerable<(string Recipe, TimeSpan Training)> training,
        Dictionary<string, List<WrkResult>> results, long peakTraining, long peakServing)
    {
        var bare = Machine.Median(results["bare Kestrel"].Select(r => r.RequestsPerSecond));
        var text = new StringBuilder();
        var rows = File.ReadLines(csv).Count() - 1;
        text.AppendLine("# Serving: GetRecommendations with SigV4 beside bare Kestrel").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}; {Machine.Describe()}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"wrk, 1 thread, {options.Connections} connections on the same machine as the server; {options.Rounds} interleaved rounds of {options.Seconds} s; medians. {rows:N0} interactions ({dataName}), {UsersInTurn} users in turn, 25 items an answer, every signature verified.").AppendLine();
        text.AppendLine("| endpoint | requests/s | ratio to bare | p50 ms | p99 ms | errors |").AppendLine("|---|---|---|---|---|---|");
        foreach (var (name, rounds) in results)
        {
            var rate = Machine.Median(rounds.Select(r => r.RequestsPerSecond));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {rate:N0} | {rate / bare:F2} | {Machine.Median(rounds.Select(r => r.P50Milliseconds)):F2} | {Machine.Median(rounds.Select(r => r.P99Milliseconds)):F2} | {rounds.Sum(r => r.Errors)} |");
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Import (CreateDatasetImportJob to ACTIVE): {import.TotalSeconds:F1} s, {rows / import.TotalSeconds:N0} rows/s.");
        foreach (var (recipe, time) in training) text.AppendLine(CultureInfo.InvariantCulture, $"First model (CreateSolutionVersion to ACTIVE, metrics included), {recipe}: {time.TotalSeconds:F1} s.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Peak resident memory of the host: {peakTraining >> 20} MiB after training, {peakServing >> 20} MiB after serving.");
        return text.ToString();
    }
}
