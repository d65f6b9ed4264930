using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Kindred.Bench.Reports;
using Kindred.Bench.Serving;
using Kindred.Client;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.Bench.Portal;

/// <summary>
/// Many people with an open page, who read on now and then, on one host with the demo's models: what it holds in memory, how long a page takes,
/// and what recommendations notice of it.
/// </summary>
internal static partial class CircuitsBenchmark
{
    private static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(10);
    private static readonly string[] ProjectPages = ["", "/datasets", "/solutions", "/campaigns", "/events", "/storefront", "/insights"];
    private static readonly string[] OrganisationPages = ["", "/keys", "/usage", "/audit"];
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(string[] options)
    {
        var circuits = int.Parse(Options.Find(options, "--circuits") ?? "200", CultureInfo.InvariantCulture);
        var seconds = int.Parse(Options.Find(options, "--seconds") ?? "30", CultureInfo.InvariantCulture);
        var assembly = Options.Find(options, "--host");
        using var folder = Options.Find(options, "--data") is { } kept ? await CopyAsync(Path.GetFullPath(kept), assembly) : new TemporaryFolder();
        await using var host = HostProcess.Launch(new() { DataPath = folder.Path, Arguments = ["demo"], Assembly = assembly });
        await host.WaitForLineAsync("Serving on", TimeSpan.FromMinutes(5));
        var line = await host.WaitForLineAsync("/start?token=", TimeSpan.FromSeconds(30));
        using var http = new HttpClient(MeasuredHost.Signer(new SocketsHttpHandler())) { BaseAddress = host.BaseAddress };
        await new ServedCampaigns(http).UntilIdleAsync(CancellationToken.None);
        var campaign = (await new ApiClient(http).CallAsync("ListCampaigns", [], CancellationToken.None))["campaigns"]![0]!["campaignArn"]!.GetValue<string>();
        using var visitor = await PortalVisitor.SignUpAsync(new Uri(StartLink().Match(line).Value), CancellationToken.None);
        var pages = await PagesAsync(visitor);

        var text = new StringBuilder("# The portal: open pages on one process").AppendLine().AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}; {Machine.Describe()}.");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"The demo's shop and models; {circuits} circuits of one person, each of which goes to another of {pages.Length} pages every {BetweenPages.TotalSeconds:F0} s;");
        text.AppendLine("a page is got anew (HTML, with what it shows) every 100 ms, a recommendation asked every 20 ms. Client and server share the machine.");
        text.AppendLine().AppendLine("| | quiet | with circuits |").AppendLine("|---|---|---|");

        var (quietServing, quietPages) = await MeasureAsync(http, campaign, visitor, pages, seconds);
        var quietMemory = host.ResidentBytes();
        var open = new List<Circuit>();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < circuits; i++) open.Add(await Circuit.OpenAsync(visitor, pages[i % pages.Length], CancellationToken.None));
        var opened = clock.Elapsed;
        using var leave = new CancellationTokenSource();
        var readers = open.Select((circuit, i) => ReadOnAsync(circuit, pages, i, leave.Token)).ToArray();
        await Task.Delay(BetweenPages); // everybody has moved once: what a first page of its kind compiles is not measured
        var (serving, got) = await MeasureAsync(http, campaign, visitor, pages, seconds);
        await leave.CancelAsync();
        var moves = (await Task.WhenAll(readers)).SelectMany(m => m).ToArray();

        Row(text, "memory (RssAnon), MiB", quietMemory >> 20, host.ResidentBytes() >> 20);
        Row(text, "page, p50 ms", At(quietPages, .5), At(got, .5));
        Row(text, "page, p95 ms", At(quietPages, .95), At(got, .95));
        Row(text, "page within a circuit, p95 ms", null, At(moves, .95));
        Row(text, "recommendation, p50 ms", At(quietServing, .5), At(serving, .5));
        Row(text, "recommendation, p99 ms", At(quietServing, .99), At(serving, .99));
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture,
            $"{circuits} pages were made live in {opened.TotalSeconds:F1} s, {open.Sum(c => c.BatchBytes) / (double)open.Sum(c => c.Batches) / 1024:F1} KiB a picture; "
            + $"{moves.Length} moves; peak resident {host.PeakResidentBytes() >> 20} MiB, mapped files included; {open.Count(c => c.Error is not null)} circuits failed.");
        Console.Write(text);
        if (Options.Find(options, "--report") is { } report) await File.WriteAllTextAsync(report, text.ToString());
        foreach (var error in open.Select(c => c.Error).OfType<string>().Distinct().Take(3)) Console.Error.WriteLine(error);
        foreach (var circuit in open) await circuit.DisposeAsync();
        return open.Any(c => c.Error is not null) ? 1 : 0;
    }

    /// <summary>A copy of a demo that nobody has signed up to; the first run makes it.</summary>
    private static async Task<TemporaryFolder> CopyAsync(string data, string? assembly)
    {
        if (!Directory.Exists(data))
        {
            await using var first = HostProcess.Launch(new() { DataPath = data, Arguments = ["demo"], Assembly = assembly });
            await first.WaitForLineAsync("Serving on", TimeSpan.FromMinutes(5));
            using var http = new HttpClient(MeasuredHost.Signer(new SocketsHttpHandler())) { BaseAddress = first.BaseAddress };
            await new ServedCampaigns(http).UntilIdleAsync(CancellationToken.None);
            await first.StopAsync();
        }
        return TrainedData.CopyOf(data);
    }

    /// <summary>Pages of the demo's project and of its organisation.</summary>
    private static async Task<string[]> PagesAsync(PortalVisitor visitor)
    {
        var home = await visitor.GetAsync("/o", CancellationToken.None);
        var account = AccountLink().Match(home).Groups[1].Value;
        var organisation = await visitor.GetAsync($"/o/{account}", CancellationToken.None);
        var project = ProjectLink().Matches(organisation).Select(m => m.Groups[1].Value).First(p => p.StartsWith("demo", StringComparison.Ordinal));
        return [.. ProjectPages.Select(p => $"/o/{account}/p/{project}{p}"), .. OrganisationPages.Select(p => $"/o/{account}{p}")];
    }

    private static async Task<(double[] Serving, double[] Pages)> MeasureAsync(
        HttpClient http, string campaign, PortalVisitor visitor, string[] pages, int seconds)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var serving = EveryAsync(BetweenRequests, i => new ApiClient(http).PostAsync(
            "/recommendations", new() { ["campaignArn"] = campaign, ["userId"] = $"user-{i % 500}" }, CancellationToken.None), end.Token);
        var got = EveryAsync(TimeSpan.FromMilliseconds(100), i => visitor.GetAsync(pages[i % pages.Length], CancellationToken.None), end.Token);
        return (await serving, await got);
    }

    /// <returns>How long each call took from the moment at which it was due, in milliseconds: a late start counts.</returns>
    private static async Task<double[]> EveryAsync(TimeSpan period, Func<int, Task> call, CancellationToken stop)
    {
        var (calls, clock) = (new List<Task<double>>(), Stopwatch.StartNew());
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var due = period * i;
            if (due > clock.Elapsed) await Task.Delay(due - clock.Elapsed, CancellationToken.None);
            var number = i;
            calls.Add(Task.Run(async () =>
            {
                await call(number);
                return (clock.Elapsed - due).TotalMilliseconds;
            }, CancellationToken.None));
        }

        return await Task.WhenAll(calls);
    }

    private static async Task<List<double>> ReadOnAsync(Circuit circuit, string[] pages, int at, CancellationToken stop)
    {
        var times = new List<double>();
        try
        {
            await Task.Delay(BetweenPages * Random.Shared.NextDouble(), stop);
            for (var i = at + 1; circuit.Error is null; i++)
            {
                var clock = Stopwatch.StartNew();
                await circuit.GoAsync(pages[i % pages.Length], stop);
                times.Add(clock.Elapsed.TotalMilliseconds);
                await Task.Delay(BetweenPages, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }

        return times;
    }

    private static double At(double[] times, double quantile) => times.Order().ElementAt(Math.Min(times.Length - 1, (int)(times.Length * quantile)));

    private static void Row(StringBuilder text, string name, double? quiet, double with) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {quiet?.ToString("F1", CultureInfo.InvariantCulture)} | {with:F1} |");

    [GeneratedRegex(@"http://\S+/start\?token=\S+")] private static partial Regex StartLink();
    [GeneratedRegex("href=\"/?o/([0-9]{12})\"")] private static partial Regex AccountLink();
    [GeneratedRegex("/p/([A-Za-z0-9_-]+)\"")] private static partial Regex ProjectLink();
}
