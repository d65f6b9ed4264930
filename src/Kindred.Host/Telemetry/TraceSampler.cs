using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Kindred.Host.Telemetry;

/// <summary>
/// Traces of requests and jobs, as many as are read and no more: a deployment that answers thousands a second pays for the same few as one
/// that answers ten. What has no request and no job above it (heartbeats, reminders, refreshes) is not traced.
/// </summary>
internal sealed class TraceSampler(TimeProvider clock) : Sampler
{
    internal const int TracesPerSecond = 10;
    /// <summary>How many may begin at once after a pause.</summary>
    internal const int Burst = 50;

    private const string RequestSpan = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private readonly Lock _gate = new();
    private readonly long _interval = clock.TimestampFrequency / TracesPerSecond;
    // When the next trace would begin if they came evenly; traces come up to a burst ahead of it.
    private long _next = long.MinValue;

    /// <summary>
    /// Whatever belongs to a sampled trace is sampled; but that a client says so of its own trace is a wish, for which the same limit holds.
    /// </summary>
    public static Sampler Create(TimeProvider clock)
    {
        var sampler = new TraceSampler(clock);
        return new ParentBasedSampler(rootSampler: sampler, remoteParentSampled: new RemoteSampler(sampler));
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind is ActivityKind.Server or ActivityKind.Consumer && TryTake());

    private bool TryTake()
    {
        var now = clock.GetTimestamp();
        var latest = now + ((Burst - 1) * _interval);
        // Under load this is the answer to nearly all, and they do not wait for each other.
        if (Volatile.Read(ref _next) > latest) return false;
        lock (_gate)
        {
            if (_next > latest) return false;
            _next = Math.Max(_next, now) + _interval;
            return true;
        }
    }

    /// <summary>The parent is another process, or the caller of a grain.</summary>
    private sealed class RemoteSampler(TraceSampler limited) : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            new(samplingParameters.Name != RequestSpan || limited.TryTake());
    }
}
