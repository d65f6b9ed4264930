using System.Collections.Concurrent;
using System.Diagnostics;
using HdrHistogram;

namespace Kindred.Bench.Load;

/// <summary>
/// Sends at a rate whatever the answers do, and counts from the moment at which a request was due: one that had to wait for a connection has waited
/// (coordinated omission, Tene, <i>How not to measure latency</i>). What is due within a millisecond is due at its end, so arrivals come in small bursts.
/// </summary>
internal static class OpenLoop
{
    private const long LongestMicroseconds = 60_000_000;

    /// <param name="requests">What is sent.</param>
    /// <param name="address">Where to.</param>
    /// <param name="rate">Requests a second.</param>
    /// <param name="connections">How many are kept open.</param>
    /// <param name="length">How long it is sent for.</param>
    /// <returns>Time from due to answered, in microseconds, and how many answers were no 2xx.</returns>
    public static async Task<(HistogramBase Latency, long Errors)> RunAsync(
        WireRequests requests, Uri address, double rate, int connections, TimeSpan length)
    {
        var idle = new ConcurrentQueue<WireConnection>();
        for (var i = 0; i < connections; i++) idle.Enqueue(await WireConnection.OpenAsync(address));
        using var free = new SemaphoreSlim(connections);
        var latency = new LongConcurrentHistogram(1, LongestMicroseconds, 3);
        var (errors, calls) = (0L, new List<Task>());
        var clock = Stopwatch.StartNew();
        for (var sent = 0L; clock.Elapsed < length; Thread.Sleep(1))
        {
            for (var due = (long)(Math.Floor(clock.Elapsed.TotalMilliseconds) * rate / 1000); sent < due; sent++)
            {
                var at = TimeSpan.FromMilliseconds(Math.Ceiling((sent + 1) / rate * 1000)); // this thread may have slept longer than to there
                await free.WaitAsync();
                calls.Add(CallAsync(sent, at));
            }
        }

        await Task.WhenAll(calls);
        foreach (var connection in idle) connection.Dispose();
        return (latency, errors);

        async Task CallAsync(long number, TimeSpan at)
        {
            await Task.Yield();
            idle.TryDequeue(out var connection);
            if (!await connection!.CallAsync(requests[number])) Interlocked.Increment(ref errors);
            latency.RecordValue(Math.Clamp((long)(clock.Elapsed - at).TotalMicroseconds, 1, LongestMicroseconds));
            idle.Enqueue(connection);
            free.Release();
        }
    }
}
