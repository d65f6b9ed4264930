using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Kindred.Host.Telemetry;

/// <summary>
/// Traces of requests and jobs, as many a second as are read and no more: a deployment that answers thousands a second pays for the same
/// few as one that answers ten. What has no request and no job above it (heartbeats, reminders, refreshes) is not traced.
/// </summary>
internal sealed class TraceSampler(TimeProvider clock) : Sampler
{
    internal const int TracesPerSecond = 50;

    private const string RequestSpan = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private readonly Lock _gate = new();
    private long _second = long.MinValue;
    private int _taken;

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
        var second = clock.GetTimestamp() / clock.TimestampFrequency;
        // Under load this is the answer to nearly all, and they do not wait for each other.
        if (Volatile.Read(ref _second) == second && Volatile.Read(ref _taken) >= TracesPerSecond) return false;
        lock (_gate)
        {
            if (second != _second) (_second, _taken) = (second, 0);
            return _taken++ < TracesPerSecond;
        }
    }

    /// <summary>The parent is another process, or the caller of a grain.</summary>
    private sealed class RemoteSampler(TraceSampler limited) : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            new(samplingParameters.Name != RequestSpan || limited.TryTake());
    }
}
