using System.Diagnostics.Metrics;
using Kindred.Contracts.Telemetry;

namespace Kindred.Storage;

/// <summary>What imports read, and how long the disk takes.</summary>
internal static class StorageMetrics
{
    private const string Outcome = "kindred.import.outcome";

    private static readonly Counter<long> ImportRows = KindredTelemetry.Meter.CreateCounter<long>(
        "kindred.import.rows", "{row}", "Rows that imports read to their end, whether the job failed or not.");

    private static readonly Histogram<double> LogWriteDuration = KindredTelemetry.Meter.CreateHistogram(
        "kindred.event_log.write.duration", "s", "One write and fsync of an event log, for everything that waited for it.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] });

    public static void Imported(string account, string datasetType, long goodRows, long refusedRows)
    {
        Count(account, datasetType, goodRows, "good");
        Count(account, datasetType, refusedRows, "refused");
    }

    public static void LogWritten(TimeSpan duration) => LogWriteDuration.Record(duration.TotalSeconds);

    public static void LogFailed(TimeSpan duration, Exception failure) =>
        LogWriteDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(TelemetryAttributes.ErrorType, failure.GetType().FullName));

    private static void Count(string account, string datasetType, long rows, string outcome) => ImportRows.Add(rows,
        new(TelemetryAttributes.Tenant, account), new("kindred.dataset.type", datasetType), new(Outcome, outcome));
}
