using System.Diagnostics;
using HdrHistogram;
using Kindred.Bench.Serving;

namespace Kindred.Bench.Load;

/// <summary>A server that is asked in one mode.</summary>
/// <param name="Build">The host's label; of the baseline that of bare Kestrel.</param>
/// <param name="ProcessId">Whose time on the processors counts.</param>
/// <param name="Script">Path of what wrk sends.</param>
internal sealed record LoadTarget(
    LoadMode Mode, string Build, Uri Address, int ProcessId, AllocationMeter Meter, WireRequests Requests, string Script)
{
    public List<LoadRound> Rounds { get; } = [];

    /// <summary>At half of what it can do; null until it was measured.</summary>
    public (double Rate, HistogramBase Latency, long Errors)? AtHalf { get; set; }

    /// <summary>As fast as it answers: every connection asks again when it has its answer.</summary>
    public async Task<LoadRound> RunAsync(int connections, int seconds)
    {
        var cpu = Cpu();
        var (result, bytes) = await ServingRound.RunAsync(Script, Address, Meter, connections, seconds);
        return new LoadRound(result, (Cpu() - cpu).TotalMicroseconds / Math.Max(1, result.Requests), bytes);
    }

    public async Task RunAtHalfAsync(double rate, int connections, int seconds)
    {
        var (latency, errors) = await OpenLoop.RunAsync(Requests, Address, rate, connections, TimeSpan.FromSeconds(seconds));
        AtHalf = (rate, latency, errors);
    }

    private TimeSpan Cpu()
    {
        using var process = Process.GetProcessById(ProcessId);
        return process.TotalProcessorTime;
    }
}

/// <summary>One round of one target.</summary>
/// <param name="CpuMicroseconds">Of the server's process, per request.</param>
/// <param name="Bytes">What it allocated, per request.</param>
internal sealed record LoadRound(WrkResult Result, double CpuMicroseconds, double Bytes);
