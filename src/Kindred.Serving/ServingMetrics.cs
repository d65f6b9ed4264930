using System.Diagnostics.Metrics;
using Kindred.Contracts.Telemetry;

namespace Kindred.Serving;

/// <summary>What the hot path counts.</summary>
internal static class ServingMetrics
{
    private const string Rung = "kindred.rung";
    private const string RecordType = "kindred.record.type";
    private static readonly Meter Meter = KindredTelemetry.Meter;
    private static long _openModels;
    private static long _mappedBytes;

    private static readonly Counter<long> Recommendations = Meter.CreateCounter<long>(
        "kindred.recommendations", "{recommendation}", "Lists that were recommended or ranked.");

    private static readonly Counter<long> Records = Meter.CreateCounter<long>(
        "kindred.ingestion.records", "{record}", "Events, items and users that were taken in.");

    private static readonly Histogram<double> EffectDuration = Meter.CreateHistogram(
        "kindred.ingestion.effect.duration", "s", "From the request until its records are on disk and count in recommendations.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    private static readonly Histogram<double> ModelLoadDuration = Meter.CreateHistogram(
        "kindred.model.load.duration", "s", "Time to map a model artifact and to verify its checksums.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    private static readonly Counter<long> ModelEvictions = Meter.CreateCounter<long>(
        "kindred.model.evictions", "{model}", "Models that were closed to make room for others.");

    static ServingMetrics()
    {
        Meter.CreateObservableUpDownCounter("kindred.model.open", () => Volatile.Read(ref _openModels), "{model}", "Models that are mapped.");
        Meter.CreateObservableUpDownCounter("kindred.model.mapped", () => Volatile.Read(ref _mappedBytes), "By", "Bytes of models that are mapped.");
    }

    public static void Recommended(string account, string recipe, string rung) =>
        Recommendations.Add(1, new(TelemetryAttributes.Tenant, account), new(TelemetryAttributes.Recipe, recipe), new(Rung, rung));

    /// <param name="recordType"><c>event</c>, <c>item</c> or <c>user</c>.</param>
    public static void TakenIn(string account, string recordType, int count, TimeSpan effect)
    {
        Records.Add(count, new(TelemetryAttributes.Tenant, account), new(RecordType, recordType));
        EffectDuration.Record(effect.TotalSeconds, new KeyValuePair<string, object?>(RecordType, recordType));
    }

    public static void ModelOpened(string recipe, long bytes, TimeSpan duration)
    {
        ModelLoadDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(TelemetryAttributes.Recipe, recipe));
        Interlocked.Increment(ref _openModels);
        Interlocked.Add(ref _mappedBytes, bytes);
    }

    public static void ModelFailed(string recipe, Exception failure, TimeSpan duration) =>
        ModelLoadDuration.Record(duration.TotalSeconds,
            new(TelemetryAttributes.Recipe, recipe), new(TelemetryAttributes.ErrorType, failure.GetType().FullName));

    public static void ModelClosed(long bytes)
    {
        Interlocked.Decrement(ref _openModels);
        Interlocked.Add(ref _mappedBytes, -bytes);
    }

    public static void ModelEvicted() => ModelEvictions.Add(1);
}
