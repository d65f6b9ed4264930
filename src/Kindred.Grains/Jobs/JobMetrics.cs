using System.Diagnostics.Metrics;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Telemetry;

namespace Kindred.Grains.Jobs;

/// <summary>How many jobs wait and run in this process, and how long they do.</summary>
internal static class JobMetrics
{
    private const string Lane = "kindred.job.lane";
    private const string State = "kindred.job.state";
    private const string Kind = "kindred.job.kind";
    private const string Outcome = "kindred.job.outcome";
    private static readonly JobLane[] Lanes = Enum.GetValues<JobLane>();
    private static readonly long[] Waiting = new long[(int)Lanes.Max() + 1];
    private static readonly long[] Running = new long[Waiting.Length];

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600, 1800, 3600, 10800, 36000],
    };

    private static readonly Histogram<double> Duration = KindredTelemetry.Meter.CreateHistogram(
        "kindred.job.duration", "s", "Time that attempts at jobs took, from their beginning to their end.", advice: Seconds);

    private static readonly Histogram<double> QueueDuration = KindredTelemetry.Meter.CreateHistogram(
        "kindred.job.queue.duration", "s", "Time that attempts at jobs waited for a thread.", advice: Seconds);

    static JobMetrics() => KindredTelemetry.Meter.CreateObservableUpDownCounter(
        "kindred.job.count", Count, "{job}", "Attempts at jobs that wait for a thread or have one.");

    public static void Queued(JobLane lane) => Interlocked.Increment(ref Waiting[(int)lane]);

    /// <summary>It is gone without a thread having begun with it.</summary>
    public static void Withdrawn(JobLane lane) => Interlocked.Decrement(ref Waiting[(int)lane]);

    public static void Taken(JobLane lane, TimeSpan waited)
    {
        Interlocked.Decrement(ref Waiting[(int)lane]);
        Interlocked.Increment(ref Running[(int)lane]);
        QueueDuration.Record(waited.TotalSeconds, new KeyValuePair<string, object?>(Lane, lane.ToString()));
    }

    public static void Left(JobLane lane) => Interlocked.Decrement(ref Running[(int)lane]);

    /// <param name="outcome"><c>done</c>, <c>failed</c>, or why it ended before it was done.</param>
    public static void Ended(JobKind kind, string outcome, TimeSpan duration) =>
        Duration.Record(duration.TotalSeconds, new(Kind, kind.ToString()), new(Outcome, outcome));

    private static IEnumerable<Measurement<long>> Count()
    {
        foreach (var lane in Lanes)
        {
            yield return new(Volatile.Read(ref Waiting[(int)lane]), new(Lane, lane.ToString()), new(State, "waiting"));
            yield return new(Volatile.Read(ref Running[(int)lane]), new(Lane, lane.ToString()), new(State, "running"));
        }
    }
}
