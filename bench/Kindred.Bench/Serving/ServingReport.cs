using System.Globalization;
using System.Text;
using Kindred.Bench.Reports;

namespace Kindred.Bench.Serving;

/// <summary>What <c>serving</c> found, as markdown.</summary>
internal static class ServingReport
{
    public static string Write(
        ServingOptions options, string dataName, Audience audience, string notes, IReadOnlyList<ServingTarget> targets)
    {
        var text = new StringBuilder();
        text.AppendLine("# Serving: GetRecommendations with SigV4 beside bare Kestrel").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}; {Machine.Describe()}.");
        text.Append(CultureInfo.InvariantCulture, $"wrk, 1 thread, {options.Connections} connections on the same machine as the servers; ");
        text.AppendLine(CultureInfo.InvariantCulture, $"{options.Rounds} rounds of {options.Seconds} s, all targets in turn; medians.");
        text.Append(CultureInfo.InvariantCulture, $"{audience.Rows:N0} interactions ({dataName}), all {audience.Users.Length:N0} users ");
        text.Append(CultureInfo.InvariantCulture, $"in turn, 25 items an answer; one request in {SignedRequests.EventEvery} is a PutEvents, ");
        text.AppendLine("and the next asks for the user whose event it was.");
        text.AppendLine("Every signature is verified. Figures are over both kinds of request.");
        text.AppendLine();
        Table(text, targets);
        Compare(text, options.Hosts, targets);
        text.AppendLine().AppendLine(notes);
        return text.ToString();
    }

    private static void Table(StringBuilder text, IReadOnlyList<ServingTarget> targets)
    {
        text.AppendLine("| endpoint | host | requests/s | ratio to bare | p50 ms | p99 ms | KiB allocated a request | errors |");
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        var bare = targets[^1];
        foreach (var target in targets)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {target.Endpoint} | {target.Build} | {Median(target, Rate):N0} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Ratio(target, bare, Rate):F3} | {Median(target, P50):F2} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Median(target, P99):F2} | {Median(target, Bytes) / 1024:F1} | ");
            text.AppendLine(CultureInfo.InvariantCulture, $"{target.Rounds.Sum(r => r.Result.Errors)} |");
        }
    }

    private static void Compare(StringBuilder text, IReadOnlyList<HostBuild> hosts, IReadOnlyList<ServingTarget> targets)
    {
        if (hosts.Count < 2) return;
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## Against {hosts[0].Label}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Each round divided by the same round of {hosts[0].Label}; medians.").AppendLine();
        text.AppendLine("| endpoint | host | requests/s | p50 | p99 | allocated a request |").AppendLine("|---|---|---|---|---|---|");
        foreach (var target in targets.Where(t => hosts.Skip(1).Any(h => h.Label == t.Build)))
        {
            var first = targets.First(t => t.Endpoint == target.Endpoint && t.Build == hosts[0].Label);
            text.Append(CultureInfo.InvariantCulture, $"| {target.Endpoint} | {target.Build} | {Ratio(target, first, Rate):F2} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Ratio(target, first, P50):F2} | {Ratio(target, first, P99):F2} | ");
            text.AppendLine(CultureInfo.InvariantCulture, $"{Ratio(target, first, Bytes):F2} |");
        }
    }

    private static double Rate(ServingRound round) => round.Result.RequestsPerSecond;

    private static double P50(ServingRound round) => round.Result.P50Milliseconds;

    private static double P99(ServingRound round) => round.Result.P99Milliseconds;

    private static double Bytes(ServingRound round) => round.BytesPerRequest;

    private static double Median(ServingTarget target, Func<ServingRound, double> figure) => Machine.Median(target.Rounds.Select(figure));

    private static double Ratio(ServingTarget target, ServingTarget baseline, Func<ServingRound, double> figure) =>
        Machine.Median(target.Rounds.Zip(baseline.Rounds, (one, other) => figure(one) / figure(other)));
}
