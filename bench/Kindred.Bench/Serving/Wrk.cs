using System.Diagnostics;
using System.Globalization;

namespace Kindred.Bench.Serving;

/// <summary>One round of wrk.</summary>
/// <param name="Errors">Requests that did not get a 2xx.</param>
internal sealed record WrkResult(long Requests, double RequestsPerSecond, double P50Milliseconds, double P99Milliseconds, long Errors);

internal static class Wrk
{
    public static async Task<WrkResult> RunAsync(string script, Uri address, int connections, int seconds)
    {
        string[] arguments = ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-s", script, address.ToString()];
        var start = new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("wrk did not start: apt-get install wrk");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var line = output.Split('\n').FirstOrDefault(l => l.StartsWith("RESULT ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"wrk gave no result:\n{output}");
        var n = line.Split(' ').Skip(1).Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return new WrkResult((long)n[0], n[0] / (n[1] / 1e6), n[3] / 1e3, n[4] / 1e3, (long)n[2]);
    }
}
