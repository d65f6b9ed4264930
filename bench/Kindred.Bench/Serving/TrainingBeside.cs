using System.Globalization;
using System.Text;
using Kindred.Bench.Reports;

namespace Kindred.Bench.Serving;

/// <summary>
/// Requests while a training wants every core: alone, beside it as the host runs it, and beside it with its threads at the priority
/// of requests. The last two take turns during one training.
/// </summary>
internal static class TrainingBeside
{
    private const string Recipe = "kindred-transformer";
    // Few: closed-loop clients that fill the cores themselves would measure each other.
    private const int Connections = 4;

    /// <returns>Lines of the report.</returns>
    public static async Task<string> MeasureAsync(MeasuredHost host, ServingTarget target, Audience audience, ServingOptions options)
    {
        var threads = new TrainingThreads(host.Process.Id);
        var results = new Dictionary<string, List<WrkResult>>
        {
            ["alone"] = [],
            ["beside a training"] = [],
            ["beside one at normal priority"] = [],
        };
        async Task RoundAsync(string name)
        {
            var (result, _) = await target.RunAsync(Connections, options.Seconds);
            Console.Error.WriteLine(
                $"{name}: {result.RequestsPerSecond:N0}/s p99 {result.P99Milliseconds:F2} ms, {threads.Count} background threads, "
                + $"{result.Errors} errors");
            results[name].Add(result);
        }

        await target.SignAsync(audience);
        for (var round = 0; round < options.Rounds; round++) await RoundAsync("alone");
        await host.Served.StartTrainingAsync(Recipe, CancellationToken.None);
        while (threads.Count == 0) await Task.Delay(100);
        for (var round = 0; round < options.Rounds && threads.Count > 0; round++)
        {
            await RoundAsync("beside a training");
            threads.Raise();
            await RoundAsync("beside one at normal priority");
            threads.Lower();
        }

        var text = new StringBuilder();
        text.AppendLine().AppendLine("## Beside a training").AppendLine();
        text.Append(CultureInfo.InvariantCulture, $"{target.Endpoint}, {Connections} connections, while {Recipe} trains on all cores; ");
        text.AppendLine("rounds in turn, medians.").AppendLine();
        text.AppendLine("| | requests/s | p50 ms | p99 ms | errors |").AppendLine("|---|---|---|---|---|");
        foreach (var (name, rounds) in results.Where(result => result.Value.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {Machine.Median(rounds.Select(r => r.RequestsPerSecond)):N0} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Machine.Median(rounds.Select(r => r.P50Milliseconds)):F2} | ");
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{Machine.Median(rounds.Select(r => r.P99Milliseconds)):F2} | {rounds.Sum(r => r.Errors)} |");
        }
        return text.ToString();
    }
}
