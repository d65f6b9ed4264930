using System.Diagnostics.Metrics;
using Kindred.Contracts.Telemetry;

namespace Kindred.Api.Protocol;

/// <summary>What the door refuses, whoever asks and whatever for.</summary>
internal static class RequestMetrics
{
    private static readonly Counter<long> Refusals = KindredTelemetry.Meter.CreateCounter<long>(
        "kindred.request.refusals", "{request}", "Requests that were answered with an error, by the code that the client reads.");

    /// <param name="operation">Null when the request named none.</param>
    public static void Refused(ApiError error, string? operation)
    {
        if (operation is null) Refusals.Add(1, new KeyValuePair<string, object?>(TelemetryAttributes.ErrorType, error.Code));
        else Refusals.Add(1, new(TelemetryAttributes.ErrorType, error.Code), new(TelemetryAttributes.Operation, operation));
    }
}
