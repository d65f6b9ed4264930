using System.Diagnostics;
using System.Diagnostics.Metrics;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Telemetry;

namespace Kindred.Operations;

/// <summary>How long operations take, and how many are refused.</summary>
internal static class OperationMetrics
{
    private static readonly Histogram<double> Duration = KindredTelemetry.Meter.CreateHistogram(
        "kindred.operation.duration", "s", "Time that operations take, from the authentic request to its answer.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        });

    public static void Answered(string operation, string account, long started) =>
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds,
            new(TelemetryAttributes.Operation, operation), new(TelemetryAttributes.Tenant, account));

    public static void Failed(string operation, string account, long started, string error) =>
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds,
            new(TelemetryAttributes.Operation, operation), new(TelemetryAttributes.Tenant, account), new(TelemetryAttributes.ErrorType, error));

    /// <returns>The refusal's code, or the type of the exception: never its message, which quotes the request.</returns>
    public static string ErrorOf(Exception failure) => failure switch
    {
        RefusedException refused => refused.Code.ToString(),
        OperationCanceledException => "cancelled",
        _ => failure.GetType().FullName!,
    };
}
